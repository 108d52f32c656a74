<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="pt" sourcelanguage="en">
<context>
<name>catdog-sorter</name>
<message>
<source>&amp;Edit</source>
<translation>&amp;Editar</translation>
</message>
<message>
<source>&amp;File</source>
<translation>&amp;Arquivo</translation>
</message>
<message>
<source>&amp;Help</source>
<translation>Aj&amp;uda</translation>
</message>
<message>
<source>&amp;Photo</source>
<translation>&amp;Foto</translation>
</message>
<message>
<source>&amp;View</source>
<translation>E&amp;xibir</translation>
</message>
<message>
<source>'{1}' cannot be opened or written ({2}). Check that its folder exists, is not read-only and belongs to you, or set CATDOG_SORTER_HOME to a folder you can write to.</source>
<translation>Não é possível abrir ou gravar “{1}” ({2}). Verifique se a pasta existe, não é somente leitura e pertence a você, ou defina CATDOG_SORTER_HOME como uma pasta em que possa gravar.</translation>
</message>
<message>
<source>'{1}' cannot be written: the drive is full. Free some space and try again.</source>
<translation>Não é possível gravar “{1}”: a unidade está cheia. Libere espaço e tente de novo.</translation>
</message>
<message>
<source>'{1}' changed while it was being sorted, so it was left alone. Sort again when no other program writes to it.</source>
<translation>“{1}” mudou durante a organização e por isso não foi tocado. Organize de novo quando nenhum outro programa gravar nele.</translation>
</message>
<message>
<source>'{1}' is a link or not a regular file, so it was left alone.</source>
<translation>“{1}” é um link ou não é um arquivo comum, por isso não foi tocado.</translation>
</message>
<message>
<source>'{1}' is damaged ({2}). {3}</source>
<translation>“{1}” está danificado ({2}). {3}</translation>
</message>
<message>
<source>'{1}' is in use by another program. Wait for it to finish and try again.</source>
<translation>“{1}” está em uso por outro programa. Espere que ele termine e tente de novo.</translation>
</message>
<message>
<source>'{1}' is now a link, which could lead anywhere, so nothing was put there. Remove it and try again.</source>
<translation>“{1}” agora é um link, que pode levar a qualquer lugar, por isso nada foi colocado ali. Remova-o e tente de novo.</translation>
</message>
<message>
<source>'{1}' was changed after it was sorted.</source>
<translation>“{1}” foi alterado depois de organizado.</translation>
</message>
<message>
<source>'{1}' was changed or replaced after it was read, so it was left alone. Sort again.</source>
<translation>“{1}” foi alterado ou substituído depois de lido, por isso não foi tocado. Organize de novo.</translation>
</message>
<message>
<source>'{1}' was changed or replaced after the run.</source>
<translation>“{1}” foi alterado ou substituído desde então.</translation>
</message>
<message>
<source>'{1}' was written by a newer catdog-sorter (format {2}, this one knows {3}). Update with `pip install --upgrade catdog-sorter`.</source>
<translation>“{1}” foi gravado por um catdog-sorter mais novo (formato {2}; este conhece {3}). Atualize com `pip install --upgrade catdog-sorter`.</translation>
</message>
<message>
<source>... and {photos} more.</source>
<translation>... e mais {photos}.</translation>
</message>
<message>
<source>1 file</source>
<translation>1 arquivo</translation>
</message>
<message>
<source>1 photo</source>
<translation>1 foto</translation>
</message>
<message>
<source>100%, every pixel of the photo (Z)</source>
<translation>100%, cada pixel da foto (Z)</translation>
</message>
<message>
<source>A file is in the place of a folder it goes to. Rename that file and try again.</source>
<translation>Um arquivo ocupa o lugar da pasta de destino. Renomeie-o e tente de novo.</translation>
</message>
<message>
<source>A hard link cannot reach another drive. Copy, or use symbolic links.</source>
<translation>Um link físico não alcança outra unidade. Copie ou use links simbólicos.</translation>
</message>
<message>
<source>A job is still running. Stop it and close?</source>
<translation>Uma tarefa ainda está em andamento. Parar e fechar?</translation>
</message>
<message>
<source>Add a folder …</source>
<translation>Adicionar uma pasta…</translation>
</message>
<message>
<source>Add photos …</source>
<translation>Adicionar fotos…</translation>
</message>
<message>
<source>Added to the queue: {names}</source>
<translation>Adicionado à fila: {names}</translation>
</message>
<message>
<source>All photos, in a strip</source>
<translation>Todas as fotos, em uma tira</translation>
</message>
<message>
<source>An animal is present from {present}, and absent up to {absent}. Photos in between are unsure and stay where they are.</source>
<translation>A partir de {present} considera-se que há um animal, e até {absent} que não há. As fotos intermediárias ficam em dúvida e permanecem onde estão.</translation>
</message>
<message>
<source>Another catdog-sort is moving photos right now. Wait until it is done, then try again.</source>
<translation>Outro catdog-sort está movendo fotos agora. Espere que ele termine e tente de novo.</translation>
</message>
<message>
<source>Another program has just created its sidecar. Run the command again to add keywords to it.</source>
<translation>Outro programa acabou de criar o arquivo auxiliar (XMP). Grave as palavras-chave de novo para adicioná-las.</translation>
</message>
<message>
<source>Another program has just given it these keywords.</source>
<translation>Outro programa acabou de lhe dar estas palavras-chave.</translation>
</message>
<message>
<source>Another program has saved '{1}' while it was being checked; the earlier version is now '{2}'.</source>
<translation>Outro programa salvou “{1}” de novo durante a verificação; o que havia antes agora é “{2}”.</translation>
</message>
<message>
<source>At capacity; retry after the seconds in Retry-After.</source>
<translation>Sem capacidade; tente de novo após os segundos de Retry-After.</translation>
</message>
<message>
<source>Back to all photos</source>
<translation>Voltar a todas as fotos</translation>
</message>
<message>
<source>Blue looks like a dog to the model. No part looks like a cat.</source>
<translation>O azul é o que parece um cachorro para o modelo. Nada parece um gato.</translation>
</message>
<message>
<source>Cancel</source>
<translation>Cancelar</translation>
</message>
<message>
<source>Cats and dogs</source>
<translation>Gatos e cachorros</translation>
</message>
<message>
<source>Certainty needed</source>
<translation>Certeza exigida</translation>
</message>
<message>
<source>Choose a folder</source>
<translation>Escolher uma pasta</translation>
</message>
<message>
<source>Choose a folder …</source>
<translation>Escolher uma pasta…</translation>
</message>
<message>
<source>Choose a photo</source>
<translation>Escolher uma foto</translation>
</message>
<message>
<source>Choose photos</source>
<translation>Escolher fotos</translation>
</message>
<message>
<source>Choose photos …</source>
<translation>Escolher fotos…</translation>
</message>
<message>
<source>Classify the rest</source>
<translation>Analisar o restante</translation>
</message>
<message>
<source>Classify the waiting photos</source>
<translation>Analisar as fotos que aguardam</translation>
</message>
<message>
<source>Classifying</source>
<translation>Analisando</translation>
</message>
<message>
<source>Clear</source>
<translation>Limpar</translation>
</message>
<message>
<source>Clear the window</source>
<translation>Limpar a janela</translation>
</message>
<message>
<source>Close</source>
<translation>Fechar</translation>
</message>
<message>
<source>Colour the parts of the photo that look like a cat or a dog to the model</source>
<translation>Colore as partes da foto que parecem um gato ou um cachorro para o modelo</translation>
</message>
<message>
<source>Colours</source>
<translation>Cores</translation>
</message>
<message>
<source>Command</source>
<translation>Comando</translation>
</message>
<message>
<source>Comparing both models on the photos you corrected …</source>
<translation>Comparando os dois modelos nas fotos corrigidas…</translation>
</message>
<message>
<source>Computing …</source>
<translation>Consultando o modelo…</translation>
</message>
<message>
<source>Continue</source>
<translation>Continuar</translation>
</message>
<message>
<source>Copy</source>
<translation>Copiar</translation>
</message>
<message>
<source>Copy path</source>
<translation>Copiar o caminho</translation>
</message>
<message>
<source>Copy the photos</source>
<translation>Copiar as fotos</translation>
</message>
<message>
<source>Corrections</source>
<translation>Correções</translation>
</message>
<message>
<source>Corrections …</source>
<translation>Correções…</translation>
</message>
<message>
<source>Corrections, the latest first</source>
<translation>Correções, as mais recentes primeiro</translation>
</message>
<message>
<source>Cross-origin request, or a Host header that does not name this computer.</source>
<translation>Pedido de outra origem, ou um cabeçalho Host que não indica este computador.</translation>
</message>
<message>
<source>Cross-origin requests are refused. Open the service's own page instead.</source>
<translation>Pedidos de outros sites são recusados. Abra a página do próprio serviço.</translation>
</message>
<message>
<source>Ctrl+O</source>
<translation>Ctrl+O</translation>
</message>
<message>
<source>Ctrl+Shift+O</source>
<translation>Ctrl+Shift+O</translation>
</message>
<message>
<source>Default</source>
<translation>Padrão</translation>
</message>
<message>
<source>Despite its name, it is {1}.</source>
<translation>Seja qual for o nome, é {1}.</translation>
</message>
<message>
<source>Drop photos or folders here</source>
<translation>Solte fotos ou pastas aqui</translation>
</message>
<message>
<source>Drop photos or folders here, or click to choose some.</source>
<translation>Solte fotos ou pastas aqui, ou clique para escolhê-las.</translation>
</message>
<message>
<source>Each photo is classified: a cat, a dog, both, or neither?
Nothing is moved before you have seen the plan and agreed, and every sort can be undone.
Your photos never leave this computer.</source>
<translation>Cada foto é analisada: um gato, um cachorro, ambos ou nenhum?
Nada é movido antes que você veja para onde e confirme, e tudo pode ser desfeito.
Suas fotos nunca saem deste computador.</translation>
</message>
<message>
<source>Earlier runs, the latest first</source>
<translation>Execuções anteriores, as mais recentes primeiro</translation>
</message>
<message>
<source>Empty the window; the photos stay on disk</source>
<translation>Limpa a janela; as fotos continuam no disco</translation>
</message>
<message>
<source>Enter</source>
<translation>Enter</translation>
</message>
<message>
<source>Escape</source>
<translation>Esc</translation>
</message>
<message>
<source>Every pixel (100%)</source>
<translation>Cada pixel (100%)</translation>
</message>
<message>
<source>Everything here can be undone. Files changed since then stay where they are and are listed.</source>
<translation>Tudo aqui pode ser desfeito. Os arquivos alterados desde então ficam onde estão e são listados.</translation>
</message>
<message>
<source>Files that arrived after their photos were sorted: {files}</source>
<translation>Arquivos que chegaram depois de suas fotos serem organizadas: {files}</translation>
</message>
<message>
<source>Files that arrived later go to their photos, which were sorted earlier: {files}</source>
<translation>Os arquivos que chegaram depois vão para junto de suas fotos, já organizadas: {files}</translation>
</message>
<message>
<source>Fit</source>
<translation>Ajustar</translation>
</message>
<message>
<source>Fit the picture</source>
<translation>Ajustar a imagem</translation>
</message>
<message>
<source>Fit the picture into the view (Ctrl+0)</source>
<translation>Ajustar a imagem à área visível (Ctrl+0)</translation>
</message>
<message>
<source>Folder for {label}</source>
<translation>Pasta para {label}</translation>
</message>
<message>
<source>Folder to watch</source>
<translation>Pasta a monitorar</translation>
</message>
<message>
<source>Folders that are empty now were removed: {n}. Undo brings them back.</source>
<translation>Pastas agora vazias removidas: {n}. Desfazer as traz de volta.</translation>
</message>
<message>
<source>From {folder}:</source>
<translation>De {folder}:</translation>
</message>
<message>
<source>Full screen</source>
<translation>Tela cheia</translation>
</message>
<message>
<source>Hide this message</source>
<translation>Ocultar esta mensagem</translation>
</message>
<message>
<source>History</source>
<translation>Histórico</translation>
</message>
<message>
<source>History …</source>
<translation>Histórico…</translation>
</message>
<message>
<source>In the queue: {n} more.</source>
<translation>Na fila: mais {n}.</translation>
</message>
<message>
<source>Include</source>
<translation>Incluir</translation>
</message>
<message>
<source>Internal error.</source>
<translation>Erro interno.</translation>
</message>
<message>
<source>It begins with zeros only, a sign of a failed copy or memory card. Copy it again.</source>
<translation>Começa apenas com zeros, como após uma cópia malsucedida ou com um cartão defeituoso. Copie de novo.</translation>
</message>
<message>
<source>It belongs to a photo that was put back, but '{1}' is there.</source>
<translation>Pertence a uma foto que voltou ao lugar, mas “{1}” está lá.</translation>
</message>
<message>
<source>It came with the program.</source>
<translation>Veio com o programa.</translation>
</message>
<message>
<source>It cannot be read, so its correction cannot be stored ({1}).</source>
<translation>Não é possível lê-la para guardar a correção ({1}).</translation>
</message>
<message>
<source>It could not be decoded within {1}, so it was skipped.</source>
<translation>Não pôde ser decodificada em {1}, então foi abandonada.</translation>
</message>
<message>
<source>It could not be read from the disk: {1}.</source>
<translation>O disco não conseguiu lê-la: {1}.</translation>
</message>
<message>
<source>It declares a document type, which no sidecar needs and which can do harm.</source>
<translation>Declara um tipo de documento, de que nenhum arquivo auxiliar precisa e que pode causar danos.</translation>
</message>
<message>
<source>It has more than {1} streams, so it is not decoded.</source>
<translation>Contém mais de {1} faixas, por isso não é decodificado.</translation>
</message>
<message>
<source>It has no video stream.</source>
<translation>Não contém imagens em movimento.</translation>
</message>
<message>
<source>It is a link that leads back to itself.</source>
<translation>É um link que anda em círculo.</translation>
</message>
<message>
<source>It is a link whose target cannot be reached.</source>
<translation>É um link cujo destino não pode ser alcançado.</translation>
</message>
<message>
<source>It is a video. Add --videos to include videos.</source>
<translation>É um vídeo. Acrescente --videos para analisar também vídeos.</translation>
</message>
<message>
<source>It is damaged, or not written in UTF-8: {1}, line {2}.</source>
<translation>Está danificado ou não está em UTF-8: {1}, linha {2}.</translation>
</message>
<message>
<source>It is larger than {1} GiB, so it is not read as a photo.</source>
<translation>Tem mais de {1} GiB, portanto não é uma foto.</translation>
</message>
<message>
<source>It is larger than {1} MiB, so it was not read.</source>
<translation>Tem mais de {1} MiB, por isso não foi lido.</translation>
</message>
<message>
<source>It is no longer at '{1}': it was moved, renamed or deleted, or its drive is not connected.</source>
<translation>Não está mais em “{1}”: foi movida, renomeada ou apagada, ou a unidade não está conectada.</translation>
</message>
<message>
<source>It is no longer there.</source>
<translation>Não está mais lá.</translation>
</message>
<message>
<source>It is no longer there: another program moved or deleted it.</source>
<translation>Não está mais lá: outro programa a moveu ou excluiu.</translation>
</message>
<message>
<source>It is not XMP: it has no rdf:Description.</source>
<translation>Não é XMP: nada é descrito nele.</translation>
</message>
<message>
<source>It is not a picture in a supported format.</source>
<translation>O conteúdo não é uma imagem em um formato que este programa leia, seja qual for o nome.</translation>
</message>
<message>
<source>It is not a regular file.</source>
<translation>Não é um arquivo comum.</translation>
</message>
<message>
<source>It is not a video in a supported format.</source>
<translation>O conteúdo não é um vídeo em um formato que este programa leia, seja qual for o nome.</translation>
</message>
<message>
<source>It stays with '{1}'. {2}</source>
<translation>Fica com “{1}”. {2}</translation>
</message>
<message>
<source>It stays with its photo. {1}</source>
<translation>Fica com sua foto. {1}</translation>
</message>
<message>
<source>It told cat from dog correctly in {share} of its test photos.</source>
<translation>Distinguiu gato e cachorro corretamente em {share} das fotos de teste.</translation>
</message>
<message>
<source>It was moved, renamed or deleted since the run.</source>
<translation>Não está mais lá: foi movida, renomeada ou excluída desde então.</translation>
</message>
<message>
<source>It was removed after its folder was listed.</source>
<translation>Sumiu: estava lá quando a pasta foi lida.</translation>
</message>
<message>
<source>Its file is truncated, or has extra data at its end.</source>
<translation>O arquivo termina cedo demais ou no lugar errado.</translation>
</message>
<message>
<source>Its folder or the target folder cannot be changed, or another program has the file open. Check the permissions and try again.</source>
<translation>Você não pode alterar a pasta dela ou a de destino, ou outro programa a mantém aberta. Verifique as permissões e tente de novo.</translation>
</message>
<message>
<source>Its header states frames of {1} x {2} pixels; at most {3} megapixels are decoded, to limit memory.</source>
<translation>Diz que seus quadros têm {1} x {2} pixels; no máximo {3} megapixels são decodificados, para proteger a memória.</translation>
</message>
<message>
<source>Its header states {1} x {2} pixels; at most {3} megapixels are decoded, to limit memory.</source>
<translation>Diz ter {1} x {2} pixels; no máximo {3} megapixels são decodificados, para proteger a memória.</translation>
</message>
<message>
<source>Its original place '{1}' is taken by another file.</source>
<translation>O lugar original “{1}” está ocupado por outro arquivo.</translation>
</message>
<message>
<source>Its sidecar '{1}' was left as it is. {2}</source>
<translation>O arquivo auxiliar “{1}” foi deixado como está. {2}</translation>
</message>
<message>
<source>Its structure is not supported: {1}.</source>
<translation>Foi montado de um modo que este programa não conhece: {1}.</translation>
</message>
<message>
<source>Its video codec is not supported.</source>
<translation>Está codificado de um modo que este programa não decodifica.</translation>
</message>
<message>
<source>JPEG XL needs imagecodecs, which is not installed. Run `pip install 'catdog-sorter[formats]'`.</source>
<translation>Fotos JPEG XL precisam de um componente extra. Execute `pip install 'catdog-sorter[formats]'`.</translation>
</message>
<message>
<source>JSON, a photo a line (*.jsonl)</source>
<translation>JSON, uma foto por linha (*.jsonl)</translation>
</message>
<message>
<source>Keep the best model so far</source>
<translation>Guarda o melhor do que foi aprendido até agora</translation>
</message>
<message>
<source>Keep the current model</source>
<translation>Manter o modelo atual</translation>
</message>
<message>
<source>Keys</source>
<translation>Teclas</translation>
</message>
<message>
<source>Label the selected photos</source>
<translation>Classificar as fotos selecionadas</translation>
</message>
<message>
<source>Label this photo and go on to the next</source>
<translation>Classificar esta foto e ir para a próxima</translation>
</message>
<message>
<source>Label: {label}</source>
<translation>Categoria: {label}</translation>
</message>
<message>
<source>Language</source>
<translation>Idioma</translation>
</message>
<message>
<source>Large picture</source>
<translation>Imagem grande</translation>
</message>
<message>
<source>Learn</source>
<translation>Aprender</translation>
</message>
<message>
<source>Learn from corrections …</source>
<translation>Aprender com as correções…</translation>
</message>
<message>
<source>Learn from my corrections</source>
<translation>Aprender com as minhas correções</translation>
</message>
<message>
<source>Learn …</source>
<translation>Aprender…</translation>
</message>
<message>
<source>Learning needs PyTorch or TensorFlow, and neither is installed. Run `pip install 'catdog-sorter[torch]'` and open this again. Your corrections apply in any case.</source>
<translation>Para aprender é preciso ter o PyTorch ou o TensorFlow, e nenhum dos dois está instalado. Execute `pip install 'catdog-sorter[torch]'` e abra esta janela de novo. Suas correções valem de qualquer forma.</translation>
</message>
<message>
<source>Left alone, as the system or other programs keep their files there: {names}</source>
<translation>Não tocadas, porque o sistema ou outros programas guardam ali seus arquivos: {names}</translation>
</message>
<message>
<source>Left out, as they are in iCloud only: {photos}</source>
<translation>Deixadas de fora, porque estão só no iCloud: {photos}</translation>
</message>
<message>
<source>Link</source>
<translation>Vincular</translation>
</message>
<message>
<source>Links to photos that are moved will break.</source>
<translation>Os links para as fotos movidas não levarão a lugar nenhum.</translation>
</message>
<message>
<source>Look again</source>
<translation>Ler de novo</translation>
</message>
<message>
<source>Looking for the photos you corrected …</source>
<translation>Procurando as fotos corrigidas…</translation>
</message>
<message>
<source>Make hard links</source>
<translation>Criar links físicos</translation>
</message>
<message>
<source>Make relative symbolic links</source>
<translation>Criar links simbólicos relativos</translation>
</message>
<message>
<source>Make symbolic links</source>
<translation>Criar links simbólicos</translation>
</message>
<message>
<source>Marked {label}</source>
<translation>Classificada: {label}</translation>
</message>
<message>
<source>Messages of the training</source>
<translation>Mensagens do treinamento</translation>
</message>
<message>
<source>Model</source>
<translation>Modelo</translation>
</message>
<message>
<source>Model's label</source>
<translation>Como diz o modelo</translation>
</message>
<message>
<source>Model, folders, colours (Ctrl+,)</source>
<translation>Modelo, pastas, cores (Ctrl+,)</translation>
</message>
<message>
<source>Move</source>
<translation>Mover</translation>
</message>
<message>
<source>Move the photos</source>
<translation>Mover as fotos</translation>
</message>
<message>
<source>Move them there …</source>
<translation>Levá-los para lá …</translation>
</message>
<message>
<source>Moved to photos that were sorted earlier: {files}</source>
<translation>Levados para junto de fotos já organizadas: {files}</translation>
</message>
<message>
<source>Name the folder of one label at least.</source>
<translation>Indique a pasta de pelo menos uma categoria.</translation>
</message>
<message>
<source>New photos in this folder are sorted automatically while the window is open, and so are those that are there already. Every sort is in the history and can be undone.</source>
<translation>As fotos novas nesta pasta são organizadas automaticamente enquanto a janela está aberta, e também as que já estão nela. Tudo fica no histórico e pode ser desfeito.</translation>
</message>
<message>
<source>Next photo</source>
<translation>Próxima foto</translation>
</message>
<message>
<source>No folder is chosen yet.</source>
<translation>Nenhuma pasta foi escolhida ainda.</translation>
</message>
<message>
<source>No model was trained. The messages of the training are below.</source>
<translation>Nenhum modelo foi treinado. As mensagens do treinamento estão abaixo.</translation>
</message>
<message>
<source>No part of this photo looks like a cat or a dog to the model.</source>
<translation>Para o modelo, nenhuma parte desta foto parece um gato ou um cachorro.</translation>
</message>
<message>
<source>No photo is kept.</source>
<translation>Nenhuma foto é guardada.</translation>
</message>
<message>
<source>No photo matches.</source>
<translation>Nenhuma foto corresponde.</translation>
</message>
<message>
<source>No photos have been sorted yet.</source>
<translation>Nenhuma foto foi organizada ainda.</translation>
</message>
<message>
<source>No photos were found in {names}.</source>
<translation>Nenhuma foto foi encontrada em {names}.</translation>
</message>
<message>
<source>No photos were found there. Nothing was changed.</source>
<translation>Nenhuma foto foi encontrada ali. Nada foi alterado.</translation>
</message>
<message>
<source>Not classified yet: {photos}</source>
<translation>Ainda não analisadas: {photos}</translation>
</message>
<message>
<source>Not kept on another drive: {attribute} ({number})</source>
<translation>Não preservado em outra unidade: {attribute} ({number})</translation>
</message>
<message>
<source>Not searched, because sorted photos go there: {names}</source>
<translation>Não examinado, porque as fotos organizadas vão para lá: {names}</translation>
</message>
<message>
<source>Not sorted: {list}</source>
<translation>Não organizadas: {list}</translation>
</message>
<message>
<source>Not sorted: {reason}</source>
<translation>Não organizada: {reason}</translation>
</message>
<message>
<source>Nothing has been moved yet. A click or Space leaves a photo out; drag it to another column, or press {keys}, to correct it.</source>
<translation>Nada foi movido ainda. Um clique ou a barra de espaço deixa uma foto de fora; arraste-a para outra coluna ou pressione {keys} para corrigi-la.</translation>
</message>
<message>
<source>Nothing was changed. Move that file away to continue without your corrections, or restore it from a backup to keep them. Sorting runs can still be undone.</source>
<translation>Nada foi alterado. Afaste esse arquivo para continuar sem as suas correções, ou restaure-o de um backup para mantê-las. As organizações podem ser desfeitas como antes.</translation>
</message>
<message>
<source>Nothing was changed. Move that file away to start with an empty one; runs recorded in it can then no longer be undone.</source>
<translation>Nada foi alterado. Afaste esse arquivo para começar com um vazio; o que está nele não poderá mais ser desfeito.</translation>
</message>
<message>
<source>Nothing was sorted</source>
<translation>Nada foi organizado</translation>
</message>
<message>
<source>OK</source>
<translation>OK</translation>
</message>
<message>
<source>Of {photos} you corrected, the current model labels {old} as you did, the new one {new}. The new one was trained on most of these photos, so it should do better here. Its results on other photos are shown above.</source>
<translation>De {photos} que você corrigiu, o modelo atual classifica {old} como você, e o novo {new}. O novo aprendeu com a maioria destas fotos, por isso deve acertar mais aqui; o resultado com fotos nunca vistas está acima.</translation>
</message>
<message>
<source>One photo after the other, the least sure first (F5)</source>
<translation>Uma foto após a outra, as menos certas primeiro (F5)</translation>
</message>
<message>
<source>One photo, large</source>
<translation>Uma foto, em tamanho grande</translation>
</message>
<message>
<source>Only photos that are classified and can be read can be labelled.</source>
<translation>Só é possível classificar fotos analisadas e legíveis.</translation>
</message>
<message>
<source>Open folder</source>
<translation>Abrir a pasta</translation>
</message>
<message>
<source>Open in its own program</source>
<translation>Abrir no programa padrão</translation>
</message>
<message>
<source>Open it</source>
<translation>Abrir</translation>
</message>
<message>
<source>Open the file</source>
<translation>Abrir o arquivo</translation>
</message>
<message>
<source>Open the folder these photos came from, to sort new photos in it</source>
<translation>Abrir a pasta de onde vieram estas fotos, para organizar as novas</translation>
</message>
<message>
<source>Open the photo large, and back</source>
<translation>Abrir a foto em tamanho grande, e voltar</translation>
</message>
<message>
<source>Open this folder again</source>
<translation>Abrir esta pasta de novo</translation>
</message>
<message>
<source>Open {name} large</source>
<translation>Abrir {name} em tamanho grande</translation>
</message>
<message>
<source>Orange looks like a cat to the model, blue like a dog.</source>
<translation>O laranja é o que parece um gato para o modelo; o azul, um cachorro.</translation>
</message>
<message>
<source>Orange looks like a cat to the model. No part looks like a dog.</source>
<translation>O laranja é o que parece um gato para o modelo. Nada parece um cachorro.</translation>
</message>
<message>
<source>Order</source>
<translation>Ordem</translation>
</message>
<message>
<source>Page of pictures (*.html)</source>
<translation>Página de imagens (*.html)</translation>
</message>
<message>
<source>Paste</source>
<translation>Colar</translation>
</message>
<message>
<source>Permission to read it was denied. Give yourself read permission.</source>
<translation>Não pode ser lida: permissão negada. Dê a si mesmo permissão de leitura.</translation>
</message>
<message>
<source>Photos</source>
<translation>Fotos</translation>
</message>
<message>
<source>Photos already sorted stay sorted</source>
<translation>O que foi organizado continua organizado</translation>
</message>
<message>
<source>Photos are being moved. Undo when that is done, or stop it.</source>
<translation>As fotos estão sendo movidas. Desfaça quando terminar, ou pare a tarefa.</translation>
</message>
<message>
<source>Photos cannot be classified.</source>
<translation>Não é possível classificar fotos.</translation>
</message>
<message>
<source>Photos of cats go to a folder for cats, dogs to one for dogs, photos of both to a third, and all others stay where they are.</source>
<translation>As fotos de gatos vão para uma pasta de gatos, as de cachorros para uma de cachorros, as de ambos para uma terceira, e todas as outras ficam onde estão.</translation>
</message>
<message>
<source>Photos that were already sorted stay sorted; you can undo that later.</source>
<translation>As fotos organizadas continuam organizadas e podem ser devolvidas depois.</translation>
</message>
<message>
<source>Planning</source>
<translation>Planejando</translation>
</message>
<message>
<source>Planning …</source>
<translation>Planejando…</translation>
</message>
<message>
<source>Previous photo</source>
<translation>Foto anterior</translation>
</message>
<message>
<source>Progress</source>
<translation>Progresso</translation>
</message>
<message>
<source>Progress of the training</source>
<translation>Progresso do treinamento</translation>
</message>
<message>
<source>Put them back</source>
<translation>Devolvê-las ao lugar</translation>
</message>
<message>
<source>Put these photos back</source>
<translation>Devolver estas fotos ao lugar</translation>
</message>
<message>
<source>Putting back</source>
<translation>Devolvendo</translation>
</message>
<message>
<source>Putting back …</source>
<translation>Devolvendo…</translation>
</message>
<message>
<source>Quit</source>
<translation>Sair</translation>
</message>
<message>
<source>Reading it takes more than {1} seconds, so it was not read.</source>
<translation>A leitura leva mais de {1} segundos, por isso não foi lido.</translation>
</message>
<message>
<source>Reading the corrections …</source>
<translation>Lendo as correções…</translation>
</message>
<message>
<source>Reading the history …</source>
<translation>Lendo o histórico…</translation>
</message>
<message>
<source>Recent folders</source>
<translation>Últimas pastas</translation>
</message>
<message>
<source>Redo</source>
<translation>Refazer</translation>
</message>
<message>
<source>Remove the selected corrections; the photos stay</source>
<translation>Retirar as correções selecionadas; as fotos ficam</translation>
</message>
<message>
<source>Remove your correction, also one from an earlier day</source>
<translation>Retirar a sua correção, mesmo de outro dia</translation>
</message>
<message>
<source>Report made</source>
<translation>Relatório de</translation>
</message>
<message>
<source>Restore all files of this run</source>
<translation>Devolver ao lugar tudo o que esta execução moveu</translation>
</message>
<message>
<source>Review</source>
<translation>Revisar</translation>
</message>
<message>
<source>Review, least sure first</source>
<translation>Revisar, as menos certas primeiro</translation>
</message>
<message>
<source>Run `catdog-sort cache clear`; photos are then classified again.</source>
<translation>Execute `catdog-sort cache clear`; as fotos serão então classificadas de novo.</translation>
</message>
<message>
<source>Run pip install 'catdog-sorter[video]' first.</source>
<translation>Execute antes pip install 'catdog-sorter[video]'.</translation>
</message>
<message>
<source>Run {number}</source>
<translation>Execução {number}</translation>
</message>
<message>
<source>Save report</source>
<translation>Salvar o relatório</translation>
</message>
<message>
<source>Save report …</source>
<translation>Salvar o relatório…</translation>
</message>
<message>
<source>Save what is shown as a table</source>
<translation>Salvar o que é mostrado como tabela</translation>
</message>
<message>
<source>Search by name</source>
<translation>Procurar por nome</translation>
</message>
<message>
<source>Search names and folders</source>
<translation>Procurar nomes e pastas</translation>
</message>
<message>
<source>Search there too</source>
<translation>Procurar lá também</translation>
</message>
<message>
<source>See what would go where, then move it (Ctrl+Return)</source>
<translation>Ver o que iria para onde e depois mover (Ctrl+Enter)</translation>
</message>
<message>
<source>Select all photos</source>
<translation>Selecionar todas as fotos</translation>
</message>
<message>
<source>Send one photo a request.</source>
<translation>Envie uma foto por pedido.</translation>
</message>
<message>
<source>Settings</source>
<translation>Configurações</translation>
</message>
<message>
<source>Settings …</source>
<translation>Configurações…</translation>
</message>
<message>
<source>Show</source>
<translation>Mostrar</translation>
</message>
<message>
<source>Show all</source>
<translation>Mostrar todas</translation>
</message>
<message>
<source>Show and undo earlier sorts (Ctrl+H)</source>
<translation>Ver organizações anteriores e desfazê-las (Ctrl+H)</translation>
</message>
<message>
<source>Show in its folder</source>
<translation>Mostrar na pasta</translation>
</message>
<message>
<source>Show only these photos</source>
<translation>Mostrar só estas fotos</translation>
</message>
<message>
<source>Show them</source>
<translation>Mostrá-las</translation>
</message>
<message>
<source>Show what failed</source>
<translation>Mostrar as falhas</translation>
</message>
<message>
<source>Size</source>
<translation>Tamanho</translation>
</message>
<message>
<source>Size of the pictures</source>
<translation>Tamanho das imagens</translation>
</message>
<message>
<source>Some of its photos</source>
<translation>Algumas das suas fotos</translation>
</message>
<message>
<source>Something went wrong in the window ({error}). No photo was lost; please report it.</source>
<translation>Algo deu errado na janela ({error}). Nenhuma foto foi perdida; por favor, informe o erro.</translation>
</message>
<message>
<source>Sort</source>
<translation>Organizar</translation>
</message>
<message>
<source>Sort that folder again …</source>
<translation>Organizar essa pasta de novo…</translation>
</message>
<message>
<source>Sort …</source>
<translation>Organizar…</translation>
</message>
<message>
<source>Sorted</source>
<translation>Organização</translation>
</message>
<message>
<source>Sorting</source>
<translation>Organizando</translation>
</message>
<message>
<source>Space</source>
<translation>Espaço</translation>
</message>
<message>
<source>Standard</source>
<translation>Padrão</translation>
</message>
<message>
<source>Stop</source>
<translation>Parar</translation>
</message>
<message>
<source>Stop and close</source>
<translation>Parar e fechar</translation>
</message>
<message>
<source>Stop safely; everything done so far is kept</source>
<translation>Parar no próximo ponto seguro; o que está feito fica feito</translation>
</message>
<message>
<source>Stop watching</source>
<translation>Parar de monitorar</translation>
</message>
<message>
<source>Stopped before it was decoded.</source>
<translation>Parado antes de ser decodificada.</translation>
</message>
<message>
<source>Stopped.</source>
<translation>Parado.</translation>
</message>
<message>
<source>Stopping …</source>
<translation>Parando…</translation>
</message>
<message>
<source>Table (*.csv)</source>
<translation>Tabela (*.csv)</translation>
</message>
<message>
<source>Tag</source>
<translation>Escrever palavras-chave em</translation>
</message>
<message>
<source>Takes effect at the next start of the window</source>
<translation>A partir da próxima vez que a janela for aberta</translation>
</message>
<message>
<source>That is not the token.</source>
<translation>Esse não é o token.</translation>
</message>
<message>
<source>That program will no longer find photos that are moved: {folders}</source>
<translation>Esse programa sentirá falta das fotos movidas: {folders}</translation>
</message>
<message>
<source>That was the last photo.</source>
<translation>Era a última foto.</translation>
</message>
<message>
<source>The body is not a multipart form.</source>
<translation>O corpo não é um formulário multipart.</translation>
</message>
<message>
<source>The clipboard holds no photos. Copy files or folders first.</source>
<translation>A área de transferência não contém fotos. Copie antes arquivos ou pastas.</translation>
</message>
<message>
<source>The copy of '{1}' reads back differently, so the original was kept. Check the drive of '{2}' for errors.</source>
<translation>A cópia de “{1}” é lida de forma diferente, por isso o original foi mantido. Verifique se a unidade de “{2}” tem erros.</translation>
</message>
<message>
<source>The drive is full. Free some space and try again.</source>
<translation>A unidade está cheia. Libere espaço e tente de novo.</translation>
</message>
<message>
<source>The drive is read-only. Copy instead of moving, into a folder elsewhere.</source>
<translation>A unidade é somente leitura. Copie em vez de mover, para uma pasta em outro lugar.</translation>
</message>
<message>
<source>The drive reports an error. Check its cable and its health before you continue.</source>
<translation>A unidade relata um erro. Verifique o cabo e o estado dela antes de continuar.</translation>
</message>
<message>
<source>The drive reports its name and others as taken, although no files have them. Check the drive for errors.</source>
<translation>A unidade diz que o nome e outros estão em uso, embora nada os use. Verifique se há erros na unidade.</translation>
</message>
<message>
<source>The file does not hold a picture that can be shown.</source>
<translation>O arquivo não contém uma imagem que possa ser mostrada.</translation>
</message>
<message>
<source>The file is empty.</source>
<translation>O arquivo está vazio.</translation>
</message>
<message>
<source>The folder '{1}' was replaced after the photos were read, so they were left alone. Try again.</source>
<translation>A pasta “{1}” foi substituída ou removida depois da leitura das fotos, por isso elas não foram tocadas. Tente de novo.</translation>
</message>
<message>
<source>The folder is no longer watched. {reason}</source>
<translation>A pasta não é mais monitorada. {reason}</translation>
</message>
<message>
<source>The form holds no photo, too many, or something else.</source>
<translation>O formulário não contém foto, contém demais ou outra coisa.</translation>
</message>
<message>
<source>The form is malformed.</source>
<translation>O formulário está malformado.</translation>
</message>
<message>
<source>The interface for programs</source>
<translation>A interface para programas</translation>
</message>
<message>
<source>The lock file '{1}' cannot be used ({2}), so nothing was moved. Set CATDOG_SORTER_HOME to a folder on a local drive that you can write to.</source>
<translation>O arquivo de bloqueio “{1}” não pode ser usado ({2}), por isso nada foi movido. Defina CATDOG_SORTER_HOME como uma pasta de uma unidade local em que possa gravar.</translation>
</message>
<message>
<source>The name would be too long there. Choose a folder with a shorter path.</source>
<translation>O nome ficaria longo demais lá. Escolha uma pasta com caminho mais curto.</translation>
</message>
<message>
<source>The new model was saved, but the two models could not be compared.</source>
<translation>O novo modelo está pronto, mas não foi possível comparar os dois.</translation>
</message>
<message>
<source>The original '{1}' no longer exists, so the file made from it was kept.</source>
<translation>O original “{1}” não existe mais, por isso o que foi feito dele é mantido.</translation>
</message>
<message>
<source>The original '{1}' was changed since; the copy may be the only one of the earlier version.</source>
<translation>O original “{1}” mudou desde então; a cópia pode ser a única da versão anterior.</translation>
</message>
<message>
<source>The part of the program that reads photos stopped unexpectedly, perhaps because of a damaged photo. No photo was lost. Classify again to continue.</source>
<translation>A parte do programa que lê as fotos parou inesperadamente, talvez por causa de uma foto danificada. Nenhuma foto foi perdida. Analise de novo para continuar.</translation>
</message>
<message>
<source>The photo is too large for this service.</source>
<translation>A foto é grande demais para este serviço.</translation>
</message>
<message>
<source>The photos could not be classified in time.</source>
<translation>As fotos não puderam ser classificadas a tempo.</translation>
</message>
<message>
<source>The photos did not arrive in time.</source>
<translation>As fotos não chegaram a tempo.</translation>
</message>
<message>
<source>The photos stay where they are; keywords are written beside them (XMP).</source>
<translation>As fotos ficam onde estão; as palavras-chave são gravadas ao lado delas (XMP).</translation>
</message>
<message>
<source>The picture is cut off: the end of the file is missing.</source>
<translation>A imagem está cortada: falta o final do arquivo.</translation>
</message>
<message>
<source>The picture is damaged or cut off: only its first bytes can be read.</source>
<translation>A imagem está danificada ou cortada: só os primeiros bytes fazem sentido.</translation>
</message>
<message>
<source>The picture is damaged, or made in a way this program cannot decode ({1}).</source>
<translation>A imagem está danificada ou foi feita de um modo que este programa não sabe decodificar ({1}).</translation>
</message>
<message>
<source>The process that decodes photos could not be started ({1}). Close other programs and try again, or install catdog-sorter again in a fresh environment.</source>
<translation>Não foi possível iniciar a parte do programa que decodifica fotos ({1}). Feche outros programas e tente de novo, ou reinstale o catdog-sorter em um ambiente novo.</translation>
</message>
<message>
<source>The report is saved: {file}</source>
<translation>O relatório foi salvo: {file}</translation>
</message>
<message>
<source>The report {1} cannot be written ({2}). Give another place for it, or make room.</source>
<translation>Não é possível gravar o relatório {1} ({2}). Indique outro lugar ou libere espaço.</translation>
</message>
<message>
<source>The request is too large.</source>
<translation>O pedido é grande demais.</translation>
</message>
<message>
<source>The service does not answer.</source>
<translation>O serviço não responde.</translation>
</message>
<message>
<source>The service is at capacity. Retry in a second.</source>
<translation>O serviço está no limite. Tente de novo em um segundo.</translation>
</message>
<message>
<source>The service took too long.</source>
<translation>O serviço demorou demais.</translation>
</message>
<message>
<source>The system does not permit it. Check the permissions, or copy instead.</source>
<translation>O sistema não permite. Verifique as permissões ou copie.</translation>
</message>
<message>
<source>The system reports: {1}.</source>
<translation>O sistema diz: {1}.</translation>
</message>
<message>
<source>The target drive does not accept the name '{1}', or the folder was just removed. Rename the photo, or sort again.</source>
<translation>A unidade de destino não aceita o nome “{1}” ou acaba de perder essa pasta. Renomeie ou organize de novo.</translation>
</message>
<message>
<source>The target drive does not support this. Copy instead.</source>
<translation>A unidade de destino não oferece isso. Copie.</translation>
</message>
<message>
<source>The token is missing or wrong.</source>
<translation>O token está ausente ou incorreto.</translation>
</message>
<message>
<source>The training is still running. Press Stop to end it.</source>
<translation>O treinamento continua. Clique em “Parar” para encerrá-lo.</translation>
</message>
<message>
<source>The video is damaged or cut off, or made in a way this program cannot decode.</source>
<translation>O vídeo está danificado ou cortado, ou foi feito de um modo que este programa não decodifica.</translation>
</message>
<message>
<source>The video is damaged or cut off: too few of its frames can be decoded.</source>
<translation>O vídeo está danificado ou cortado: poucos quadros podem ser decodificados.</translation>
</message>
<message>
<source>The {1} is damaged: decoding it fails ({2}).</source>
<translation>{1}: danificado; a decodificação falha ({2}).</translation>
</message>
<message>
<source>The {1} of {2} could not be kept on another drive.</source>
<translation>Não pôde ser mantido em outra unidade: {1} de {2}.</translation>
</message>
<message>
<source>There is not enough memory to decode it.</source>
<translation>Falta memória para decodificá-la.</translation>
</message>
<message>
<source>There is nothing to report until photos are classified.</source>
<translation>Não há o que relatar enquanto nenhuma foto for analisada.</translation>
</message>
<message>
<source>There is nothing to sort.</source>
<translation>Não há nada para organizar.</translation>
</message>
<message>
<source>This camera RAW file holds no preview of a useful size. Run `pip install 'catdog-sorter[raw]'` to decode it.</source>
<translation>Este arquivo RAW não contém uma prévia de tamanho útil. Execute `pip install 'catdog-sorter[raw]'` para revelá-lo.</translation>
</message>
<message>
<source>This camera RAW file is damaged, or from a camera too new for the decoder. `pip install --upgrade rawpy` may help.</source>
<translation>Este arquivo RAW está danificado, ou é de uma câmera nova demais para o decodificador. `pip install --upgrade rawpy` pode ajudar.</translation>
</message>
<message>
<source>This folder cannot be opened: {1}.</source>
<translation>Não é possível abrir esta pasta: {1}.</translation>
</message>
<message>
<source>This model has no results for parts of a photo.</source>
<translation>Este modelo só lê a foto inteira, por isso não há partes para mostrar.</translation>
</message>
<message>
<source>This page draws its photos with a script of its own; allow it to run to see them.</source>
<translation>Esta página mostra suas fotos com um script próprio; permita que ele seja executado para vê-las.</translation>
</message>
<message>
<source>This photo has the model's label already: you have not corrected it.</source>
<translation>Já vale o que diz o modelo: você não corrigiu esta foto.</translation>
</message>
<message>
<source>This service asks for its token:</source>
<translation>Este serviço pede o token:</translation>
</message>
<message>
<source>This service is for the computer it runs on. Call it localhost, or start it with a token.</source>
<translation>Este serviço é para o computador em que roda. Use localhost ou inicie-o com um token.</translation>
</message>
<message>
<source>This service needs its token. Send the header `Authorization: Bearer TOKEN`.</source>
<translation>Este serviço precisa do token. Envie o cabeçalho `Authorization: Bearer TOKEN`.</translation>
</message>
<message>
<source>Too little room in {folder}: {needed} are needed, {free} are free.</source>
<translation>Falta espaço em {folder}: são necessários {needed}, há {free} livres.</translation>
</message>
<message>
<source>Train a model with the photos you have corrected</source>
<translation>Treinar um modelo com as fotos que você corrigiu</translation>
</message>
<message>
<source>Trains a new model, “{name}”, on {photos} you have corrected and on those you have sorted, so check the sorted folders first. A few hundred photos take some minutes; you can keep using the window. The current model stays in use until you choose the new one.</source>
<translation>Treina um novo modelo, “{name}”, com {photos} que você corrigiu e com as que você organizou; por isso, confira antes as pastas organizadas. Algumas centenas de fotos levam alguns minutos; a janela continua utilizável. O modelo atual fica como está até você escolher.</translation>
</message>
<message>
<source>Try it with these photos</source>
<translation>Experimentar com estas fotos</translation>
</message>
<message>
<source>Undo</source>
<translation>Desfazer</translation>
</message>
<message>
<source>Undo {step}</source>
<translation>Desfazer: {step}</translation>
</message>
<message>
<source>Unexpected error ({1}: {2}). No photo was lost; try again and report it if it persists.</source>
<translation>Erro inesperado ({1}: {2}). Nenhuma foto foi perdida; tente de novo e informe se persistir.</translation>
</message>
<message>
<source>Use the new model</source>
<translation>Usar o novo modelo</translation>
</message>
<message>
<source>Use the values that the model came with</source>
<translation>Usar os valores que vieram com o modelo</translation>
</message>
<message>
<source>Uses copies of them; your own photos are not touched</source>
<translation>São cópias; nada seu é alterado</translation>
</message>
<message>
<source>Videos need PyAV, which is not installed. Run `pip install 'catdog-sorter[video]'`.</source>
<translation>Vídeos precisam de um componente extra. Execute `pip install 'catdog-sorter[video]'`.</translation>
</message>
<message>
<source>Videos passed over: {n}. The settings can include them.</source>
<translation>Vídeos ignorados: {n}. As configurações podem incluí-los.</translation>
</message>
<message>
<source>Watch</source>
<translation>Monitorar</translation>
</message>
<message>
<source>Watch a folder</source>
<translation>Monitorar uma pasta</translation>
</message>
<message>
<source>Watch a folder …</source>
<translation>Monitorar uma pasta…</translation>
</message>
<message>
<source>Watching {folder}: {photos} sorted so far, {failed} could not be sorted.</source>
<translation>Monitorando {folder}: até agora organizadas: {photos}, sem sucesso: {failed}.</translation>
</message>
<message>
<source>Watching {folder}: {photos} sorted so far.</source>
<translation>Monitorando {folder}: até agora organizadas: {photos}.</translation>
</message>
<message>
<source>What a run would do</source>
<translation>O que uma execução faria</translation>
</message>
<message>
<source>What goes where</source>
<translation>O que vai para onde</translation>
</message>
<message>
<source>What the photos show</source>
<translation>O que as fotos mostram</translation>
</message>
<message>
<source>What to do</source>
<translation>O que fazer</translation>
</message>
<message>
<source>Where</source>
<translation>Onde</translation>
</message>
<message>
<source>Where the model looks</source>
<translation>Onde o modelo olha</translation>
</message>
<message>
<source>Where the model looks ({key})</source>
<translation>Onde o modelo olha ({key})</translation>
</message>
<message>
<source>Where to make the folders</source>
<translation>Onde criar as pastas</translation>
</message>
<message>
<source>With {n} companion files</source>
<translation>Arquivos associados que vão junto: {n}</translation>
</message>
<message>
<source>Write keywords</source>
<translation>Escrever palavras-chave</translation>
</message>
<message>
<source>Writing the report</source>
<translation>Gravando o relatório</translation>
</message>
<message>
<source>You have not corrected any photo yet. Select photos and press C, D, B or N.</source>
<translation>Você ainda não corrigiu nenhuma foto. Selecione fotos e pressione C, D, B ou N.</translation>
</message>
<message>
<source>You trained or added it.</source>
<translation>Treinado ou adicionado por você.</translation>
</message>
<message>
<source>Your quota on this drive is used up. Free some space and try again.</source>
<translation>Sua cota nesta unidade acabou. Libere espaço e tente de novo.</translation>
</message>
<message>
<source>Zoom in</source>
<translation>Ampliar</translation>
</message>
<message>
<source>Zoom in (Ctrl++)</source>
<translation>Ampliar (Ctrl++)</translation>
</message>
<message>
<source>Zoom out</source>
<translation>Reduzir</translation>
</message>
<message>
<source>Zoom out (Ctrl+-)</source>
<translation>Reduzir (Ctrl+-)</translation>
</message>
<message>
<source>a link leads here: {link}</source>
<translation>um link leva até aqui: {link}</translation>
</message>
<message>
<source>access control list</source>
<translation>lista de controle de acesso</translation>
</message>
<message>
<source>all</source>
<translation>todas</translation>
</message>
<message>
<source>already there with the same content</source>
<translation>já estão lá com o mesmo conteúdo</translation>
</message>
<message>
<source>also photos another program keeps a database of</source>
<translation>também as fotos do banco de dados de outro programa</translation>
</message>
<message>
<source>also photos that links lead to</source>
<translation>também as fotos às quais links levam</translation>
</message>
<message>
<source>arrived later</source>
<translation>chegou depois</translation>
</message>
<message>
<source>as a list</source>
<translation>em lista</translation>
</message>
<message>
<source>as found</source>
<translation>ordem original</translation>
</message>
<message>
<source>as the system</source>
<translation>como o sistema</translation>
</message>
<message>
<source>both</source>
<translation>ambos</translation>
</message>
<message>
<source>by name</source>
<translation>por nome</translation>
</message>
<message>
<source>cat</source>
<translation>gato</translation>
</message>
<message>
<source>cat or dog: at least {present}, neither: at most {absent}</source>
<translation>gato ou cachorro: pelo menos {present}, nenhum: no máximo {absent}</translation>
</message>
<message>
<source>cat {cat}, dog {dog}</source>
<translation>gato {cat}, cachorro {dog}</translation>
</message>
<message>
<source>command</source>
<translation>comando</translation>
</message>
<message numerus="yes">
<source>copied</source>
<translation>
<numerusform>copiada</numerusform>
<numerusform>copiadas</numerusform>
</translation>
</message>
<message>
<source>corrected</source>
<translation>corrigidas</translation>
</message>
<message>
<source>dark</source>
<translation>escuro</translation>
</message>
<message>
<source>dog</source>
<translation>cachorro</translation>
</message>
<message>
<source>done</source>
<translation>concluída</translation>
</message>
<message>
<source>extended attributes</source>
<translation>atributos estendidos</translation>
</message>
<message numerus="yes">
<source>failed</source>
<translation>
<numerusform>com falha</numerusform>
<numerusform>com falha</numerusform>
</translation>
</message>
<message>
<source>found by symbolic links</source>
<translation>encontradas por links simbólicos</translation>
</message>
<message>
<source>from</source>
<translation>de</translation>
</message>
<message>
<source>hard links</source>
<translation>links físicos</translation>
</message>
<message>
<source>have these keywords already</source>
<translation>já têm essas palavras-chave</translation>
</message>
<message>
<source>in a folder that another program keeps a database of</source>
<translation>em uma pasta da qual outro programa mantém um banco de dados</translation>
</message>
<message>
<source>in another folder …</source>
<translation>em outra pasta…</translation>
</message>
<message>
<source>in the folder you added</source>
<translation>na pasta adicionada</translation>
</message>
<message>
<source>in the review</source>
<translation>na revisão</translation>
</message>
<message>
<source>in the right folder already</source>
<translation>já na pasta certa</translation>
</message>
<message>
<source>in {folder}</source>
<translation>em {folder}</translation>
</message>
<message>
<source>incomplete file</source>
<translation>arquivo incompleto</translation>
</message>
<message>
<source>interrupted</source>
<translation>interrompida</translation>
</message>
<message>
<source>its photo was sorted earlier, and is gone or changed since</source>
<translation>sua foto foi organizada antes e, desde então, sumiu ou mudou</translation>
</message>
<message>
<source>keywords: {words}</source>
<translation>palavras-chave: {words}</translation>
</message>
<message>
<source>label</source>
<translation>categoria</translation>
</message>
<message>
<source>late companions too ({files})</source>
<translation>também arquivos associados que chegaram depois ({files})</translation>
</message>
<message>
<source>least sure first</source>
<translation>menos certas primeiro</translation>
</message>
<message numerus="yes">
<source>left</source>
<translation>
<numerusform>mantida no lugar</numerusform>
<numerusform>mantidas no lugar</numerusform>
</translation>
</message>
<message>
<source>light</source>
<translation>claro</translation>
</message>
<message numerus="yes">
<source>linked</source>
<translation>
<numerusform>vinculada</numerusform>
<numerusform>vinculadas</numerusform>
</translation>
</message>
<message>
<source>model's label ({key})</source>
<translation>como diz o modelo ({key})</translation>
</message>
<message>
<source>most sure first</source>
<translation>mais certas primeiro</translation>
</message>
<message numerus="yes">
<source>moved</source>
<translation>
<numerusform>movida</numerusform>
<numerusform>movidas</numerusform>
</translation>
</message>
<message>
<source>neither</source>
<translation>nenhum</translation>
</message>
<message>
<source>neither or unsure</source>
<translation>nenhum ou em dúvida</translation>
</message>
<message>
<source>no picture</source>
<translation>sem imagem</translation>
</message>
<message>
<source>none: these photos stay where they are</source>
<translation>nenhuma: estas fotos ficam onde estão</translation>
</message>
<message>
<source>only the {photos} selected</source>
<translation>só a seleção ({photos})</translation>
</message>
<message>
<source>owner</source>
<translation>proprietário</translation>
</message>
<message>
<source>partly undone</source>
<translation>desfeita em parte</translation>
</message>
<message>
<source>permissions</source>
<translation>permissões</translation>
</message>
<message>
<source>photos.html</source>
<translation>fotos.html</translation>
</message>
<message numerus="yes">
<source>planned</source>
<translation>
<numerusform>planejada</numerusform>
<numerusform>planejadas</numerusform>
</translation>
</message>
<message numerus="yes">
<source>put back</source>
<translation>
<numerusform>devolvida</numerusform>
<numerusform>devolvidas</numerusform>
</translation>
</message>
<message numerus="yes">
<source>skipped</source>
<translation>
<numerusform>ignorada</numerusform>
<numerusform>ignoradas</numerusform>
</translation>
</message>
<message numerus="yes">
<source>sorted</source>
<translation>
<numerusform>organizada</numerusform>
<numerusform>organizadas</numerusform>
</translation>
</message>
<message>
<source>state</source>
<translation>estado</translation>
</message>
<message>
<source>stay</source>
<translation>ficam</translation>
</message>
<message numerus="yes">
<source>tagged</source>
<translation>
<numerusform>com palavras-chave</numerusform>
<numerusform>com palavras-chave</numerusform>
</translation>
</message>
<message>
<source>that symbolic links lead to</source>
<translation>às quais links simbólicos levam</translation>
</message>
<message>
<source>time</source>
<translation>data</translation>
</message>
<message>
<source>to</source>
<translation>para</translation>
</message>
<message>
<source>undo interrupted</source>
<translation>reversão interrompida</translation>
</message>
<message>
<source>undone</source>
<translation>desfeita</translation>
</message>
<message>
<source>unreadable</source>
<translation>ilegível</translation>
</message>
<message>
<source>unsure</source>
<translation>em dúvida</translation>
</message>
<message>
<source>unsure: not confident enough to sort</source>
<translation>em dúvida: sem certeza suficiente para organizar</translation>
</message>
<message>
<source>unticked</source>
<translation>desmarcadas</translation>
</message>
<message>
<source>video at {moment}</source>
<translation>vídeo em {moment}</translation>
</message>
<message>
<source>videos</source>
<translation>vídeos</translation>
</message>
<message>
<source>waiting</source>
<translation>aguardando</translation>
</message>
<message>
<source>what</source>
<translation>o quê</translation>
</message>
<message>
<source>when</source>
<translation>quando</translation>
</message>
<message>
<source>where it was</source>
<translation>onde estava</translation>
</message>
<message>
<source>whose folder is a link out of the target; choose the real folder as the target</source>
<translation>cuja pasta é um link para fora do destino; escolha a pasta real como destino</translation>
</message>
<message>
<source>whose sidecar cannot be changed</source>
<translation>cujo arquivo sidecar não pode ser complementado</translation>
</message>
<message>
<source>without sub-folders</source>
<translation>sem subpastas</translation>
</message>
<message>
<source>your folder</source>
<translation>sua pasta</translation>
</message>
<message>
<source>{1} Files moved with it could not be moved back: {2} Undo the run to try that again.</source>
<translation>{1} Arquivos movidos com ela não puderam voltar: {2} Desfaça a organização para tentar de novo.</translation>
</message>
<message>
<source>{1} TIFF{2} is not supported.</source>
<translation>{1} TIFF{2} não é compatível.</translation>
</message>
<message>
<source>{1} are not supported. Export this one as JPEG, PNG or TIFF.</source>
<translation>{1} não são compatíveis. Exporte como JPEG, PNG ou TIFF.</translation>
</message>
<message>
<source>{1} cannot be read: permission denied. Give yourself read permission.</source>
<translation>{1} não pode ser examinado: permissão negada. Dê a si mesmo permissão de leitura.</translation>
</message>
<message>
<source>{1} does not exist. Check the spelling, or give another path.</source>
<translation>{1} não existe. Verifique a grafia ou indique outro caminho.</translation>
</message>
<message>
<source>{1} is a photo manager's library or another program's document; moving photos inside would break it. Export the photos to a folder and sort that.</source>
<translation>{1} é a biblioteca de um gerenciador de fotos ou o documento de outro programa; mover fotos dentro dele o estragaria. Exporte as fotos para uma pasta e organize essa pasta.</translation>
</message>
<message>
<source>{1} is named like a file that belongs to {2}, and would be moved with it. Choose another file.</source>
<translation>{1} tem o nome de um arquivo que pertence a {2} e seria movido com ele. Escolha outro arquivo.</translation>
</message>
<message>
<source>{1} is named like a photo. Choose another file.</source>
<translation>{1} tem o nome de uma foto. Escolha outro arquivo.</translation>
</message>
<message>
<source>{1} is not supported. Export this one as JPEG, PNG or TIFF.</source>
<translation>{1} não é compatível. Exporte esta foto como JPEG, PNG ou TIFF.</translation>
</message>
<message>
<source>{1}, or leave out --videos.</source>
<translation>{1}, ou retire --videos.</translation>
</message>
<message>
<source>{do} {photos}</source>
<translation>{do} {photos}</translation>
</message>
<message numerus="yes">
<source>{files} put back.</source>
<translation>
<numerusform>{files} de volta ao lugar.</numerusform>
<numerusform>{files} de volta ao lugar.</numerusform>
</translation>
</message>
<message numerus="yes">
<source>{files} stay where they are:</source>
<translation>
<numerusform>{files} fica onde está:</numerusform>
<numerusform>{files} ficam onde estão:</numerusform>
</translation>
</message>
<message>
<source>{label} to {folder}</source>
<translation>{label} para {folder}</translation>
</message>
<message>
<source>{label}, corrected by you</source>
<translation>{label}, corrigido por você</translation>
</message>
<message>
<source>{label}, {share} sure</source>
<translation>{label}, {share} de certeza</translation>
</message>
<message>
<source>{label}: {number}</source>
<translation>{label}: {number}</translation>
</message>
<message>
<source>{label}: {photos} to “{folder}”</source>
<translation>{label}: {photos} para “{folder}”</translation>
</message>
<message>
<source>{label}: {photos}, {keywords}</source>
<translation>{label}: {photos}, {keywords}</translation>
</message>
<message>
<source>{name}, stays: unticked</source>
<translation>{name}, fica: desmarcada</translation>
</message>
<message>
<source>{name}, to {target}</source>
<translation>{name}, para {target}</translation>
</message>
<message>
<source>{name}: {label}, corrected by you</source>
<translation>{name}: {label}, corrigido por você</translation>
</message>
<message>
<source>{name}: {label}, {share} sure</source>
<translation>{name}: {label}, {share} de certeza</translation>
</message>
<message numerus="yes">
<source>{number} files</source>
<translation>
<numerusform>{number} arquivo</numerusform>
<numerusform>{number} arquivos</numerusform>
</translation>
</message>
<message numerus="yes">
<source>{number} photos</source>
<translation>
<numerusform>{number} foto</numerusform>
<numerusform>{number} fotos</numerusform>
</translation>
</message>
<message>
<source>{n} corrected by you</source>
<translation>corrigidas por você: {n}</translation>
</message>
<message>
<source>{n} failed</source>
<translation>com falha: {n}</translation>
</message>
<message>
<source>{n} h</source>
<translation>{n} h</translation>
</message>
<message>
<source>{n} min</source>
<translation>{n} min</translation>
</message>
<message>
<source>{n} of {total}</source>
<translation>{n} de {total}</translation>
</message>
<message>
<source>{n} of {total} answered. None is kept.</source>
<translation>{n} de {total} analisadas. Nenhuma é guardada.</translation>
</message>
<message>
<source>{n} of {total} photos</source>
<translation>{n} de {total} fotos</translation>
</message>
<message>
<source>{n} s</source>
<translation>{n} s</translation>
</message>
<message>
<source>{n} sorted</source>
<translation>organizadas: {n}</translation>
</message>
<message>
<source>{photos} corrected by you. A correction applies wherever the photo is.</source>
<translation>Suas correções: {photos}. Uma correção vale onde quer que a foto esteja.</translation>
</message>
<message>
<source>{photos} could not be read. The most common reason: {reason}</source>
<translation>Ilegíveis: {photos}. O motivo mais comum: {reason}</translation>
</message>
<message numerus="yes">
<source>{photos} could not be {done}:</source>
<translation>
<numerusform>{photos} não pôde ser {done}:</numerusform>
<numerusform>{photos} não puderam ser {done}:</numerusform>
</translation>
</message>
<message numerus="yes">
<source>{photos} marked {label}</source>
<translation>
<numerusform>{photos} classificada: {label}</numerusform>
<numerusform>{photos} classificadas: {label}</numerusform>
</translation>
</message>
<message>
<source>{photos} to {folder}</source>
<translation>{photos} para {folder}</translation>
</message>
<message>
<source>{photos} with the model's label</source>
<translation>{photos} como diz o modelo</translation>
</message>
<message>
<source>{photos} {done}</source>
<translation>{photos} {done}</translation>
</message>
<message>
<source>{program} keeps a database of {folder}, and would miss photos that are moved. Copying, or writing keywords, leaves it intact.</source>
<translation>{program} mantém um banco de dados de {folder} e não encontraria as fotos movidas. Copiar ou escrever palavras-chave o deixa intacto.</translation>
</message>
<message>
<source>{source}
to {target}</source>
<translation>{source}
para {target}</translation>
</message>
<message>
<source>{text}, incomplete file</source>
<translation>{text}, arquivo incompleto</translation>
</message>
<message>
<source>{title}: {done} of {total}, {rate} a second, {left} left</source>
<translation>{title}: {done} de {total}, {rate} por segundo, faltam {left}</translation>
</message>
<message>
<source>{title}: {done} so far, {rate} a second</source>
<translation>{title}: {done} até agora, {rate} por segundo</translation>
</message>
<message>
<source>“{name}” is not a valid folder name. Give a name below the target folder.</source>
<translation>“{name}” não é um nome de pasta válido. Indique um nome dentro da pasta de destino.</translation>
</message>
<message>
<source>… and to other folders</source>
<translation>… e para outras pastas</translation>
</message>
<message>
<source>← → step · Z 100% · F11 full screen</source>
<translation>← → percorrer · Z 100% · F11 tela cheia</translation>
</message>
<message>
<source>◂ Back to the photos</source>
<translation>◂ Voltar às fotos</translation>
</message>
<message>
<source>✓ by you</source>
<translation>✓ por você</translation>
</message>
</context>
</TS>
