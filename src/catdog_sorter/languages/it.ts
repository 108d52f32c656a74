<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="it" sourcelanguage="en">
<context>
<name>catdog-sorter</name>
<message>
<source>&amp;Edit</source>
<translation>&amp;Modifica</translation>
</message>
<message>
<source>&amp;File</source>
<translation>&amp;File</translation>
</message>
<message>
<source>&amp;Help</source>
<translation>&amp;Aiuto</translation>
</message>
<message>
<source>&amp;Photo</source>
<translation>F&amp;oto</translation>
</message>
<message>
<source>&amp;View</source>
<translation>&amp;Visualizza</translation>
</message>
<message>
<source>'{1}' cannot be opened or written ({2}). Check that its folder exists, is not read-only and belongs to you, or set CATDOG_SORTER_HOME to a folder you can write to.</source>
<translation>Impossibile aprire o scrivere «{1}» ({2}). Controlla che la sua cartella esista, non sia di sola lettura e appartenga a te, o imposta CATDOG_SORTER_HOME su una cartella in cui puoi scrivere.</translation>
</message>
<message>
<source>'{1}' cannot be written: the drive is full. Free some space and try again.</source>
<translation>Impossibile scrivere «{1}»: l’unità è piena. Libera spazio e riprova.</translation>
</message>
<message>
<source>'{1}' changed while it was being sorted, so it was left alone. Sort again when no other program writes to it.</source>
<translation>«{1}» è cambiato durante lo smistamento, quindi non è stato toccato. Smista di nuovo quando nessun altro programma ci scrive.</translation>
</message>
<message>
<source>'{1}' is a link or not a regular file, so it was left alone.</source>
<translation>«{1}» è un collegamento o non è un file normale, quindi non è stato toccato.</translation>
</message>
<message>
<source>'{1}' is damaged ({2}). {3}</source>
<translation>«{1}» è danneggiato ({2}). {3}</translation>
</message>
<message>
<source>'{1}' is in use by another program. Wait for it to finish and try again.</source>
<translation>«{1}» è in uso da un altro programma. Attendi che finisca e riprova.</translation>
</message>
<message>
<source>'{1}' is now a link, which could lead anywhere, so nothing was put there. Remove it and try again.</source>
<translation>«{1}» ora è un collegamento, che potrebbe portare ovunque, quindi non vi è stato messo nulla. Rimuovilo e riprova.</translation>
</message>
<message>
<source>'{1}' was changed after it was sorted.</source>
<translation>«{1}» è stato modificato dopo lo smistamento.</translation>
</message>
<message>
<source>'{1}' was changed or replaced after it was read, so it was left alone. Sort again.</source>
<translation>«{1}» è stato modificato o sostituito dopo la lettura, quindi non è stato toccato. Smista di nuovo.</translation>
</message>
<message>
<source>'{1}' was changed or replaced after the run.</source>
<translation>«{1}» è stato modificato o sostituito da allora.</translation>
</message>
<message>
<source>'{1}' was written by a newer catdog-sorter (format {2}, this one knows {3}). Update with `pip install --upgrade catdog-sorter`.</source>
<translation>«{1}» è stato scritto da un catdog-sorter più recente (formato {2}, questo conosce {3}). Aggiorna con `pip install --upgrade catdog-sorter`.</translation>
</message>
<message>
<source>... and {photos} more.</source>
<translation>... e altre: {photos}.</translation>
</message>
<message>
<source>1 file</source>
<translation>1 file</translation>
</message>
<message>
<source>1 photo</source>
<translation>1 foto</translation>
</message>
<message>
<source>100%, every pixel of the photo (Z)</source>
<translation>100%, ogni pixel della foto (Z)</translation>
</message>
<message>
<source>A file is in the place of a folder it goes to. Rename that file and try again.</source>
<translation>Un file occupa il posto della cartella di destinazione. Rinominalo e riprova.</translation>
</message>
<message>
<source>A hard link cannot reach another drive. Copy, or use symbolic links.</source>
<translation>Un collegamento fisico non può raggiungere un’altra unità. Copia, o usa collegamenti simbolici.</translation>
</message>
<message>
<source>A job is still running. Stop it and close?</source>
<translation>Un’operazione è ancora in corso. Interromperla e chiudere?</translation>
</message>
<message>
<source>Add a folder …</source>
<translation>Aggiungi una cartella…</translation>
</message>
<message>
<source>Add photos …</source>
<translation>Aggiungi foto…</translation>
</message>
<message>
<source>Added to the queue: {names}</source>
<translation>Aggiunto alla coda: {names}</translation>
</message>
<message>
<source>All photos, in a strip</source>
<translation>Tutte le foto, in una striscia</translation>
</message>
<message>
<source>An animal is present from {present}, and absent up to {absent}. Photos in between are unsure and stay where they are.</source>
<translation>Da {present} in su un animale è considerato presente, fino a {absent} assente. Le foto intermedie sono incerte e restano dove sono.</translation>
</message>
<message>
<source>Another catdog-sort is moving photos right now. Wait until it is done, then try again.</source>
<translation>Un altro catdog-sort sta spostando foto. Attendi che finisca, poi riprova.</translation>
</message>
<message>
<source>Another program has just created its sidecar. Run the command again to add keywords to it.</source>
<translation>Un altro programma ha appena creato il suo file accessorio (XMP). Scrivi di nuovo le parole chiave per aggiungerle.</translation>
</message>
<message>
<source>Another program has just given it these keywords.</source>
<translation>Un altro programma gli ha appena assegnato queste parole chiave.</translation>
</message>
<message>
<source>Another program has saved '{1}' while it was being checked; the earlier version is now '{2}'.</source>
<translation>Un altro programma ha salvato di nuovo «{1}» durante il controllo; la versione precedente ora è «{2}».</translation>
</message>
<message>
<source>At capacity; retry after the seconds in Retry-After.</source>
<translation>Servizio al limite; riprova dopo i secondi di Retry-After.</translation>
</message>
<message>
<source>Back to all photos</source>
<translation>Torna a tutte le foto</translation>
</message>
<message>
<source>Blue looks like a dog to the model. No part looks like a cat.</source>
<translation>Il blu è ciò che per il modello somiglia a un cane. Nulla somiglia a un gatto.</translation>
</message>
<message>
<source>Cancel</source>
<translation>Annulla</translation>
</message>
<message>
<source>Cats and dogs</source>
<translation>Gatti e cani</translation>
</message>
<message>
<source>Certainty needed</source>
<translation>Certezza richiesta</translation>
</message>
<message>
<source>Choose a folder</source>
<translation>Scegli una cartella</translation>
</message>
<message>
<source>Choose a folder …</source>
<translation>Scegli una cartella…</translation>
</message>
<message>
<source>Choose a photo</source>
<translation>Scegli una foto</translation>
</message>
<message>
<source>Choose photos</source>
<translation>Scegli delle foto</translation>
</message>
<message>
<source>Choose photos …</source>
<translation>Scegli delle foto…</translation>
</message>
<message>
<source>Classify the rest</source>
<translation>Analizza le restanti</translation>
</message>
<message>
<source>Classify the waiting photos</source>
<translation>Analizza le foto in attesa</translation>
</message>
<message>
<source>Classifying</source>
<translation>Analisi</translation>
</message>
<message>
<source>Clear</source>
<translation>Svuota</translation>
</message>
<message>
<source>Clear the window</source>
<translation>Svuota la finestra</translation>
</message>
<message>
<source>Close</source>
<translation>Chiudi</translation>
</message>
<message>
<source>Colour the parts of the photo that look like a cat or a dog to the model</source>
<translation>Colora le parti della foto che per il modello somigliano a un gatto o a un cane</translation>
</message>
<message>
<source>Colours</source>
<translation>Colori</translation>
</message>
<message>
<source>Command</source>
<translation>Comando</translation>
</message>
<message>
<source>Comparing both models on the photos you corrected …</source>
<translation>Confronto dei due modelli sulle foto corrette…</translation>
</message>
<message>
<source>Computing …</source>
<translation>Consultazione del modello…</translation>
</message>
<message>
<source>Continue</source>
<translation>Continua</translation>
</message>
<message>
<source>Copy</source>
<translation>Copia</translation>
</message>
<message>
<source>Copy path</source>
<translation>Copia il percorso</translation>
</message>
<message>
<source>Copy the photos</source>
<translation>Copia le foto</translation>
</message>
<message>
<source>Corrections</source>
<translation>Correzioni</translation>
</message>
<message>
<source>Corrections …</source>
<translation>Correzioni…</translation>
</message>
<message>
<source>Corrections, the latest first</source>
<translation>Correzioni, dalla più recente</translation>
</message>
<message>
<source>Cross-origin request, or a Host header that does not name this computer.</source>
<translation>Richiesta da un’altra origine, o un’intestazione Host che non indica questo computer.</translation>
</message>
<message>
<source>Cross-origin requests are refused. Open the service's own page instead.</source>
<translation>Le richieste di altri siti sono rifiutate. Apri la pagina del servizio.</translation>
</message>
<message>
<source>Ctrl+O</source>
<translation>Ctrl+O</translation>
</message>
<message>
<source>Ctrl+Shift+O</source>
<translation>Ctrl+Maiusc+O</translation>
</message>
<message>
<source>Default</source>
<translation>Predefinito</translation>
</message>
<message>
<source>Despite its name, it is {1}.</source>
<translation>Qualunque cosa dica il nome, è {1}.</translation>
</message>
<message>
<source>Drop photos or folders here</source>
<translation>Trascina qui foto o cartelle</translation>
</message>
<message>
<source>Drop photos or folders here, or click to choose some.</source>
<translation>Trascina qui foto o cartelle, oppure fai clic per sceglierle.</translation>
</message>
<message>
<source>Each photo is classified: a cat, a dog, both, or neither?
Nothing is moved before you have seen the plan and agreed, and every sort can be undone.
Your photos never leave this computer.</source>
<translation>Ogni foto viene analizzata: un gatto, un cane, entrambi o nessuno?
Nulla viene spostato prima che tu abbia visto dove e confermato, e ogni smistamento si può annullare.
Le tue foto non lasciano mai questo computer.</translation>
</message>
<message>
<source>Earlier runs, the latest first</source>
<translation>Operazioni precedenti, dalla più recente</translation>
</message>
<message>
<source>Empty the window; the photos stay on disk</source>
<translation>Svuota la finestra; le foto restano sul disco</translation>
</message>
<message>
<source>Enter</source>
<translation>Invio</translation>
</message>
<message>
<source>Escape</source>
<translation>Esc</translation>
</message>
<message>
<source>Every pixel (100%)</source>
<translation>Ogni pixel (100%)</translation>
</message>
<message>
<source>Everything here can be undone. Files changed since then stay where they are and are listed.</source>
<translation>Tutto ciò che è qui si può annullare. I file modificati da allora restano dove sono e vengono elencati.</translation>
</message>
<message>
<source>Files that arrived after their photos were sorted: {files}</source>
<translation>File arrivati dopo che le loro foto sono state ordinate: {files}</translation>
</message>
<message>
<source>Files that arrived later go to their photos, which were sorted earlier: {files}</source>
<translation>I file arrivati più tardi vanno dalle loro foto, già ordinate: {files}</translation>
</message>
<message>
<source>Fit</source>
<translation>Adatta</translation>
</message>
<message>
<source>Fit the picture</source>
<translation>Adatta l’immagine</translation>
</message>
<message>
<source>Fit the picture into the view (Ctrl+0)</source>
<translation>Adatta l’immagine alla vista (Ctrl+0)</translation>
</message>
<message>
<source>Folder for {label}</source>
<translation>Cartella per {label}</translation>
</message>
<message>
<source>Folder to watch</source>
<translation>Cartella da monitorare</translation>
</message>
<message>
<source>Folders that are empty now were removed: {n}. Undo brings them back.</source>
<translation>Cartelle ormai vuote rimosse: {n}. Annullando, ritornano.</translation>
</message>
<message>
<source>From {folder}:</source>
<translation>Da {folder}:</translation>
</message>
<message>
<source>Full screen</source>
<translation>Schermo intero</translation>
</message>
<message>
<source>Hide this message</source>
<translation>Nascondi questo messaggio</translation>
</message>
<message>
<source>History</source>
<translation>Cronologia</translation>
</message>
<message>
<source>History …</source>
<translation>Cronologia…</translation>
</message>
<message>
<source>In the queue: {n} more.</source>
<translation>In coda: altre {n}.</translation>
</message>
<message>
<source>Include</source>
<translation>Includi</translation>
</message>
<message>
<source>Internal error.</source>
<translation>Errore interno.</translation>
</message>
<message>
<source>It begins with zeros only, a sign of a failed copy or memory card. Copy it again.</source>
<translation>Inizia solo con zeri, come dopo una copia fallita o con una scheda difettosa. Copiala di nuovo.</translation>
</message>
<message>
<source>It belongs to a photo that was put back, but '{1}' is there.</source>
<translation>Appartiene a una foto rimessa al suo posto, ma lì c’è «{1}».</translation>
</message>
<message>
<source>It came with the program.</source>
<translation>Fornito con il programma.</translation>
</message>
<message>
<source>It cannot be read, so its correction cannot be stored ({1}).</source>
<translation>Impossibile leggerla per ricordare la correzione ({1}).</translation>
</message>
<message>
<source>It could not be decoded within {1}, so it was skipped.</source>
<translation>Non è stato possibile decodificarla entro {1}, quindi è stata abbandonata.</translation>
</message>
<message>
<source>It could not be read from the disk: {1}.</source>
<translation>Il disco non è riuscito a leggerla: {1}.</translation>
</message>
<message>
<source>It declares a document type, which no sidecar needs and which can do harm.</source>
<translation>Dichiara un tipo di documento, di cui nessun file accessorio ha bisogno e che può fare danni.</translation>
</message>
<message>
<source>It has more than {1} streams, so it is not decoded.</source>
<translation>Contiene più di {1} tracce, quindi non viene decodificato.</translation>
</message>
<message>
<source>It has no video stream.</source>
<translation>Non contiene immagini in movimento.</translation>
</message>
<message>
<source>It is a link that leads back to itself.</source>
<translation>È un collegamento che gira in tondo.</translation>
</message>
<message>
<source>It is a link whose target cannot be reached.</source>
<translation>È un collegamento la cui destinazione non è raggiungibile.</translation>
</message>
<message>
<source>It is a video. Add --videos to include videos.</source>
<translation>È un video. Aggiungi --videos per analizzare anche i video.</translation>
</message>
<message>
<source>It is damaged, or not written in UTF-8: {1}, line {2}.</source>
<translation>È danneggiato o non è in UTF-8: {1}, riga {2}.</translation>
</message>
<message>
<source>It is larger than {1} GiB, so it is not read as a photo.</source>
<translation>È più grande di {1} GiB, quindi non è una foto.</translation>
</message>
<message>
<source>It is larger than {1} MiB, so it was not read.</source>
<translation>È più grande di {1} MiB, quindi non è stato letto.</translation>
</message>
<message>
<source>It is no longer at '{1}': it was moved, renamed or deleted, or its drive is not connected.</source>
<translation>Non è più in «{1}»: è stata spostata, rinominata o eliminata, o l’unità non è collegata.</translation>
</message>
<message>
<source>It is no longer there.</source>
<translation>Non c’è più.</translation>
</message>
<message>
<source>It is no longer there: another program moved or deleted it.</source>
<translation>Non c’è più: un altro programma l’ha spostata o eliminata.</translation>
</message>
<message>
<source>It is not XMP: it has no rdf:Description.</source>
<translation>Non è XMP: non descrive nulla.</translation>
</message>
<message>
<source>It is not a picture in a supported format.</source>
<translation>Il contenuto non è un’immagine in un formato che questo programma legge, qualunque cosa dica il nome.</translation>
</message>
<message>
<source>It is not a regular file.</source>
<translation>Non è un file normale.</translation>
</message>
<message>
<source>It is not a video in a supported format.</source>
<translation>Il contenuto non è un video in un formato che questo programma legge, qualunque cosa dica il nome.</translation>
</message>
<message>
<source>It stays with '{1}'. {2}</source>
<translation>Resta con «{1}». {2}</translation>
</message>
<message>
<source>It stays with its photo. {1}</source>
<translation>Resta con la sua foto. {1}</translation>
</message>
<message>
<source>It told cat from dog correctly in {share} of its test photos.</source>
<translation>Ha distinto correttamente gatto e cane nel {share} delle sue foto di prova.</translation>
</message>
<message>
<source>It was moved, renamed or deleted since the run.</source>
<translation>Non c’è più: è stata spostata, rinominata o eliminata da allora.</translation>
</message>
<message>
<source>It was removed after its folder was listed.</source>
<translation>Non c’è più: era presente quando la cartella è stata letta.</translation>
</message>
<message>
<source>Its file is truncated, or has extra data at its end.</source>
<translation>Il file finisce troppo presto o nel punto sbagliato.</translation>
</message>
<message>
<source>Its folder or the target folder cannot be changed, or another program has the file open. Check the permissions and try again.</source>
<translation>Non puoi modificare la sua cartella o quella di destinazione, o un altro programma la tiene aperta. Controlla i permessi e riprova.</translation>
</message>
<message>
<source>Its header states frames of {1} x {2} pixels; at most {3} megapixels are decoded, to limit memory.</source>
<translation>Dichiara fotogrammi di {1} x {2} pixel; se ne decodificano al massimo {3} megapixel, per proteggere la memoria.</translation>
</message>
<message>
<source>Its header states {1} x {2} pixels; at most {3} megapixels are decoded, to limit memory.</source>
<translation>Dichiara {1} x {2} pixel; se ne decodificano al massimo {3} megapixel, per proteggere la memoria.</translation>
</message>
<message>
<source>Its original place '{1}' is taken by another file.</source>
<translation>Il suo posto originale «{1}» è occupato da un altro file.</translation>
</message>
<message>
<source>Its sidecar '{1}' was left as it is. {2}</source>
<translation>Il suo file accessorio «{1}» è stato lasciato com’è. {2}</translation>
</message>
<message>
<source>Its structure is not supported: {1}.</source>
<translation>È composto in un modo che questo programma non conosce: {1}.</translation>
</message>
<message>
<source>Its video codec is not supported.</source>
<translation>È codificato in un modo che questo programma non decodifica.</translation>
</message>
<message>
<source>JPEG XL needs imagecodecs, which is not installed. Run `pip install 'catdog-sorter[formats]'`.</source>
<translation>Le foto JPEG XL richiedono un componente in più. Esegui `pip install 'catdog-sorter[formats]'`.</translation>
</message>
<message>
<source>JSON, a photo a line (*.jsonl)</source>
<translation>JSON, una foto per riga (*.jsonl)</translation>
</message>
<message>
<source>Keep the best model so far</source>
<translation>Conserva il meglio di quanto imparato finora</translation>
</message>
<message>
<source>Keep the current model</source>
<translation>Mantieni il modello attuale</translation>
</message>
<message>
<source>Keys</source>
<translation>Tasti</translation>
</message>
<message>
<source>Label the selected photos</source>
<translation>Etichetta le foto selezionate</translation>
</message>
<message>
<source>Label this photo and go on to the next</source>
<translation>Etichetta questa foto e passa alla successiva</translation>
</message>
<message>
<source>Label: {label}</source>
<translation>Etichetta: {label}</translation>
</message>
<message>
<source>Language</source>
<translation>Lingua</translation>
</message>
<message>
<source>Large picture</source>
<translation>Immagine grande</translation>
</message>
<message>
<source>Learn</source>
<translation>Impara</translation>
</message>
<message>
<source>Learn from corrections …</source>
<translation>Impara dalle correzioni…</translation>
</message>
<message>
<source>Learn from my corrections</source>
<translation>Impara dalle mie correzioni</translation>
</message>
<message>
<source>Learn …</source>
<translation>Impara…</translation>
</message>
<message>
<source>Learning needs PyTorch or TensorFlow, and neither is installed. Run `pip install 'catdog-sorter[torch]'` and open this again. Your corrections apply in any case.</source>
<translation>Per imparare serve PyTorch o TensorFlow, e nessuno dei due è installato. Esegui `pip install 'catdog-sorter[torch]'` e riapri questa finestra. Le tue correzioni valgono in ogni caso.</translation>
</message>
<message>
<source>Left alone, as the system or other programs keep their files there: {names}</source>
<translation>Non toccate, perché il sistema o altri programmi vi tengono i loro file: {names}</translation>
</message>
<message>
<source>Left out, as they are in iCloud only: {photos}</source>
<translation>Tralasciate, perché solo in iCloud: {photos}</translation>
</message>
<message>
<source>Link</source>
<translation>Collega</translation>
</message>
<message>
<source>Links to photos that are moved will break.</source>
<translation>I collegamenti alle foto spostate non porteranno più da nessuna parte.</translation>
</message>
<message>
<source>Look again</source>
<translation>Rileggi</translation>
</message>
<message>
<source>Looking for the photos you corrected …</source>
<translation>Ricerca delle foto corrette…</translation>
</message>
<message>
<source>Make hard links</source>
<translation>Crea collegamenti fisici</translation>
</message>
<message>
<source>Make relative symbolic links</source>
<translation>Crea collegamenti simbolici relativi</translation>
</message>
<message>
<source>Make symbolic links</source>
<translation>Crea collegamenti simbolici</translation>
</message>
<message>
<source>Marked {label}</source>
<translation>Etichettata: {label}</translation>
</message>
<message>
<source>Messages of the training</source>
<translation>Messaggi dell’addestramento</translation>
</message>
<message>
<source>Model</source>
<translation>Modello</translation>
</message>
<message>
<source>Model's label</source>
<translation>Come dice il modello</translation>
</message>
<message>
<source>Model, folders, colours (Ctrl+,)</source>
<translation>Modello, cartelle, colori (Ctrl+,)</translation>
</message>
<message>
<source>Move</source>
<translation>Sposta</translation>
</message>
<message>
<source>Move the photos</source>
<translation>Sposta le foto</translation>
</message>
<message>
<source>Move them there …</source>
<translation>Portali lì …</translation>
</message>
<message>
<source>Moved to photos that were sorted earlier: {files}</source>
<translation>Portati presso foto già ordinate: {files}</translation>
</message>
<message>
<source>Name the folder of one label at least.</source>
<translation>Indica la cartella di almeno un’etichetta.</translation>
</message>
<message>
<source>New photos in this folder are sorted automatically while the window is open, and so are those that are there already. Every sort is in the history and can be undone.</source>
<translation>Le nuove foto in questa cartella vengono smistate automaticamente finché la finestra è aperta, e così quelle che già ci sono. Ogni smistamento resta nella cronologia e si può annullare.</translation>
</message>
<message>
<source>Next photo</source>
<translation>Foto successiva</translation>
</message>
<message>
<source>No folder is chosen yet.</source>
<translation>Nessuna cartella ancora scelta.</translation>
</message>
<message>
<source>No model was trained. The messages of the training are below.</source>
<translation>Nessun modello è stato addestrato. I messaggi dell’addestramento sono qui sotto.</translation>
</message>
<message>
<source>No part of this photo looks like a cat or a dog to the model.</source>
<translation>Per il modello nessuna parte di questa foto somiglia a un gatto o a un cane.</translation>
</message>
<message>
<source>No photo is kept.</source>
<translation>Nessuna foto viene conservata.</translation>
</message>
<message>
<source>No photo matches.</source>
<translation>Nessuna foto corrisponde.</translation>
</message>
<message>
<source>No photos have been sorted yet.</source>
<translation>Nessuna foto è stata ancora smistata.</translation>
</message>
<message>
<source>No photos were found in {names}.</source>
<translation>Nessuna foto trovata in {names}.</translation>
</message>
<message>
<source>No photos were found there. Nothing was changed.</source>
<translation>Lì non c’erano foto. Nulla è stato modificato.</translation>
</message>
<message>
<source>Not classified yet: {photos}</source>
<translation>Non ancora analizzate: {photos}</translation>
</message>
<message>
<source>Not kept on another drive: {attribute} ({number})</source>
<translation>Non conservati su un’altra unità: {attribute} ({number})</translation>
</message>
<message>
<source>Not searched, because sorted photos go there: {names}</source>
<translation>Non esaminato, perché ci finiscono le foto smistate: {names}</translation>
</message>
<message>
<source>Not sorted: {list}</source>
<translation>Non smistate: {list}</translation>
</message>
<message>
<source>Not sorted: {reason}</source>
<translation>Non smistata: {reason}</translation>
</message>
<message>
<source>Nothing has been moved yet. A click or Space leaves a photo out; drag it to another column, or press {keys}, to correct it.</source>
<translation>Nulla è stato ancora spostato. Un clic o la barra spaziatrice esclude una foto; trascinala in un’altra colonna o premi {keys} per correggerla.</translation>
</message>
<message>
<source>Nothing was changed. Move that file away to continue without your corrections, or restore it from a backup to keep them. Sorting runs can still be undone.</source>
<translation>Nulla è stato modificato. Sposta quel file per continuare senza le tue correzioni, o ripristinalo da un backup per conservarle. Gli smistamenti si possono annullare come prima.</translation>
</message>
<message>
<source>Nothing was changed. Move that file away to start with an empty one; runs recorded in it can then no longer be undone.</source>
<translation>Nulla è stato modificato. Sposta quel file per ricominciare con uno vuoto; ciò che contiene non si potrà più annullare.</translation>
</message>
<message>
<source>Nothing was sorted</source>
<translation>Nulla è stato smistato</translation>
</message>
<message>
<source>OK</source>
<translation>OK</translation>
</message>
<message>
<source>Of {photos} you corrected, the current model labels {old} as you did, the new one {new}. The new one was trained on most of these photos, so it should do better here. Its results on other photos are shown above.</source>
<translation>Su {photos} che hai corretto, il modello attuale ne etichetta {old} come te, quello nuovo {new}. Quello nuovo ha imparato dalla maggior parte di queste foto, quindi qui dovrebbe fare meglio; il risultato su foto mai viste è riportato sopra.</translation>
</message>
<message>
<source>One photo after the other, the least sure first (F5)</source>
<translation>Una foto dopo l’altra, dalla meno sicura (F5)</translation>
</message>
<message>
<source>One photo, large</source>
<translation>Una foto, in grande</translation>
</message>
<message>
<source>Only photos that are classified and can be read can be labelled.</source>
<translation>Si possono etichettare solo foto analizzate e leggibili.</translation>
</message>
<message>
<source>Open folder</source>
<translation>Apri la cartella</translation>
</message>
<message>
<source>Open in its own program</source>
<translation>Apri nel suo programma</translation>
</message>
<message>
<source>Open it</source>
<translation>Apri</translation>
</message>
<message>
<source>Open the file</source>
<translation>Apri il file</translation>
</message>
<message>
<source>Open the folder these photos came from, to sort new photos in it</source>
<translation>Apri la cartella da cui vengono queste foto, per smistare quelle nuove</translation>
</message>
<message>
<source>Open the photo large, and back</source>
<translation>Apri la foto in grande, e ritorno</translation>
</message>
<message>
<source>Open this folder again</source>
<translation>Apri di nuovo questa cartella</translation>
</message>
<message>
<source>Open {name} large</source>
<translation>Apri {name} in grande</translation>
</message>
<message>
<source>Orange looks like a cat to the model, blue like a dog.</source>
<translation>L’arancione è ciò che per il modello somiglia a un gatto, il blu a un cane.</translation>
</message>
<message>
<source>Orange looks like a cat to the model. No part looks like a dog.</source>
<translation>L’arancione è ciò che per il modello somiglia a un gatto. Nulla somiglia a un cane.</translation>
</message>
<message>
<source>Order</source>
<translation>Ordine</translation>
</message>
<message>
<source>Page of pictures (*.html)</source>
<translation>Pagina di immagini (*.html)</translation>
</message>
<message>
<source>Paste</source>
<translation>Incolla</translation>
</message>
<message>
<source>Permission to read it was denied. Give yourself read permission.</source>
<translation>Lettura non consentita: permesso negato. Concediti il permesso di lettura.</translation>
</message>
<message>
<source>Photos</source>
<translation>Foto</translation>
</message>
<message>
<source>Photos already sorted stay sorted</source>
<translation>Ciò che è stato smistato resta smistato</translation>
</message>
<message>
<source>Photos are being moved. Undo when that is done, or stop it.</source>
<translation>Le foto sono in corso di spostamento. Annulla quando è finito, oppure interrompi.</translation>
</message>
<message>
<source>Photos cannot be classified.</source>
<translation>Le foto non possono essere classificate.</translation>
</message>
<message>
<source>Photos of cats go to a folder for cats, dogs to one for dogs, photos of both to a third, and all others stay where they are.</source>
<translation>Le foto di gatti vanno in una cartella per i gatti, quelle di cani in una per i cani, quelle di entrambi in una terza, e tutte le altre restano dove sono.</translation>
</message>
<message>
<source>Photos that were already sorted stay sorted; you can undo that later.</source>
<translation>Le foto smistate restano smistate e si possono rimettere a posto più tardi.</translation>
</message>
<message>
<source>Planning</source>
<translation>Preparazione</translation>
</message>
<message>
<source>Planning …</source>
<translation>Preparazione…</translation>
</message>
<message>
<source>Previous photo</source>
<translation>Foto precedente</translation>
</message>
<message>
<source>Progress</source>
<translation>Avanzamento</translation>
</message>
<message>
<source>Progress of the training</source>
<translation>Avanzamento dell’addestramento</translation>
</message>
<message>
<source>Put them back</source>
<translation>Rimettile a posto</translation>
</message>
<message>
<source>Put these photos back</source>
<translation>Rimetti a posto queste foto</translation>
</message>
<message>
<source>Putting back</source>
<translation>Ripristino</translation>
</message>
<message>
<source>Putting back …</source>
<translation>Ripristino…</translation>
</message>
<message>
<source>Quit</source>
<translation>Esci</translation>
</message>
<message>
<source>Reading it takes more than {1} seconds, so it was not read.</source>
<translation>La lettura richiede più di {1} secondi, quindi non è stato letto.</translation>
</message>
<message>
<source>Reading the corrections …</source>
<translation>Lettura delle correzioni…</translation>
</message>
<message>
<source>Reading the history …</source>
<translation>Lettura della cronologia…</translation>
</message>
<message>
<source>Recent folders</source>
<translation>Ultime cartelle</translation>
</message>
<message>
<source>Redo</source>
<translation>Ripeti</translation>
</message>
<message>
<source>Remove the selected corrections; the photos stay</source>
<translation>Ritira le correzioni selezionate; le foto restano</translation>
</message>
<message>
<source>Remove your correction, also one from an earlier day</source>
<translation>Ritira la tua correzione, anche di un altro giorno</translation>
</message>
<message>
<source>Report made</source>
<translation>Rapporto del</translation>
</message>
<message>
<source>Restore all files of this run</source>
<translation>Rimetti al suo posto tutto ciò che riguarda questa operazione</translation>
</message>
<message>
<source>Review</source>
<translation>Rivedi</translation>
</message>
<message>
<source>Review, least sure first</source>
<translation>Rivedi, dalla meno sicura</translation>
</message>
<message>
<source>Run `catdog-sort cache clear`; photos are then classified again.</source>
<translation>Esegui `catdog-sort cache clear`; le foto verranno poi classificate di nuovo.</translation>
</message>
<message>
<source>Run pip install 'catdog-sorter[video]' first.</source>
<translation>Esegui prima pip install 'catdog-sorter[video]'.</translation>
</message>
<message>
<source>Run {number}</source>
<translation>Operazione {number}</translation>
</message>
<message>
<source>Save report</source>
<translation>Salva il rapporto</translation>
</message>
<message>
<source>Save report …</source>
<translation>Salva il rapporto…</translation>
</message>
<message>
<source>Save what is shown as a table</source>
<translation>Salva come tabella ciò che è mostrato</translation>
</message>
<message>
<source>Search by name</source>
<translation>Cerca per nome</translation>
</message>
<message>
<source>Search names and folders</source>
<translation>Cerca nomi e cartelle</translation>
</message>
<message>
<source>Search there too</source>
<translation>Cerca anche lì</translation>
</message>
<message>
<source>See what would go where, then move it (Ctrl+Return)</source>
<translation>Vedi che cosa andrebbe dove, poi sposta (Ctrl+Invio)</translation>
</message>
<message>
<source>Select all photos</source>
<translation>Seleziona tutte le foto</translation>
</message>
<message>
<source>Send one photo a request.</source>
<translation>Invia una foto per richiesta.</translation>
</message>
<message>
<source>Settings</source>
<translation>Impostazioni</translation>
</message>
<message>
<source>Settings …</source>
<translation>Impostazioni…</translation>
</message>
<message>
<source>Show</source>
<translation>Mostra</translation>
</message>
<message>
<source>Show all</source>
<translation>Mostra tutte</translation>
</message>
<message>
<source>Show and undo earlier sorts (Ctrl+H)</source>
<translation>Vedi gli smistamenti precedenti e rimettili a posto (Ctrl+H)</translation>
</message>
<message>
<source>Show in its folder</source>
<translation>Mostra nella cartella</translation>
</message>
<message>
<source>Show only these photos</source>
<translation>Mostra solo queste foto</translation>
</message>
<message>
<source>Show them</source>
<translation>Mostrale</translation>
</message>
<message>
<source>Show what failed</source>
<translation>Mostra gli errori</translation>
</message>
<message>
<source>Size</source>
<translation>Dimensione</translation>
</message>
<message>
<source>Size of the pictures</source>
<translation>Dimensione delle immagini</translation>
</message>
<message>
<source>Some of its photos</source>
<translation>Alcune delle sue foto</translation>
</message>
<message>
<source>Something went wrong in the window ({error}). No photo was lost; please report it.</source>
<translation>Si è verificato un errore nella finestra ({error}). Nessuna foto è andata persa; segnala l’errore.</translation>
</message>
<message>
<source>Sort</source>
<translation>Smista</translation>
</message>
<message>
<source>Sort that folder again …</source>
<translation>Smista di nuovo quella cartella…</translation>
</message>
<message>
<source>Sort …</source>
<translation>Smista…</translation>
</message>
<message>
<source>Sorted</source>
<translation>Smistamento</translation>
</message>
<message>
<source>Sorting</source>
<translation>Smistamento</translation>
</message>
<message>
<source>Space</source>
<translation>Spazio</translation>
</message>
<message>
<source>Standard</source>
<translation>Standard</translation>
</message>
<message>
<source>Stop</source>
<translation>Interrompi</translation>
</message>
<message>
<source>Stop and close</source>
<translation>Interrompi e chiudi</translation>
</message>
<message>
<source>Stop safely; everything done so far is kept</source>
<translation>Interrompi al prossimo punto sicuro; ciò che è fatto resta fatto</translation>
</message>
<message>
<source>Stop watching</source>
<translation>Smetti di monitorare</translation>
</message>
<message>
<source>Stopped before it was decoded.</source>
<translation>Interrotto prima della decodifica.</translation>
</message>
<message>
<source>Stopped.</source>
<translation>Interrotto.</translation>
</message>
<message>
<source>Stopping …</source>
<translation>Interruzione…</translation>
</message>
<message>
<source>Table (*.csv)</source>
<translation>Tabella (*.csv)</translation>
</message>
<message>
<source>Tag</source>
<translation>Scrivi le parole chiave di</translation>
</message>
<message>
<source>Takes effect at the next start of the window</source>
<translation>Dal prossimo avvio della finestra</translation>
</message>
<message>
<source>That is not the token.</source>
<translation>Non è il token giusto.</translation>
</message>
<message>
<source>That program will no longer find photos that are moved: {folders}</source>
<translation>Quel programma non troverà più le foto spostate: {folders}</translation>
</message>
<message>
<source>That was the last photo.</source>
<translation>Era l’ultima foto.</translation>
</message>
<message>
<source>The body is not a multipart form.</source>
<translation>Il corpo non è un modulo multipart.</translation>
</message>
<message>
<source>The clipboard holds no photos. Copy files or folders first.</source>
<translation>Negli appunti non ci sono foto. Copia prima file o cartelle.</translation>
</message>
<message>
<source>The copy of '{1}' reads back differently, so the original was kept. Check the drive of '{2}' for errors.</source>
<translation>La copia di «{1}» riletta è diversa, quindi l’originale è stato conservato. Controlla gli errori dell’unità di «{2}».</translation>
</message>
<message>
<source>The drive is full. Free some space and try again.</source>
<translation>L’unità è piena. Libera spazio e riprova.</translation>
</message>
<message>
<source>The drive is read-only. Copy instead of moving, into a folder elsewhere.</source>
<translation>L’unità è in sola lettura. Copia invece di spostare, in una cartella altrove.</translation>
</message>
<message>
<source>The drive reports an error. Check its cable and its health before you continue.</source>
<translation>L’unità segnala un errore. Controlla il cavo e il suo stato prima di continuare.</translation>
</message>
<message>
<source>The drive reports its name and others as taken, although no files have them. Check the drive for errors.</source>
<translation>L’unità dice che il nome e altri sono occupati, ma nulla li usa. Controlla gli errori dell’unità.</translation>
</message>
<message>
<source>The file does not hold a picture that can be shown.</source>
<translation>Il file non contiene un’immagine visualizzabile.</translation>
</message>
<message>
<source>The file is empty.</source>
<translation>Il file è vuoto.</translation>
</message>
<message>
<source>The folder '{1}' was replaced after the photos were read, so they were left alone. Try again.</source>
<translation>La cartella «{1}» è stata sostituita o rimossa dopo la lettura delle foto, quindi non sono state toccate. Riprova.</translation>
</message>
<message>
<source>The folder is no longer watched. {reason}</source>
<translation>La cartella non è più monitorata. {reason}</translation>
</message>
<message>
<source>The form holds no photo, too many, or something else.</source>
<translation>Il modulo non contiene foto, ne contiene troppe o altro.</translation>
</message>
<message>
<source>The form is malformed.</source>
<translation>Il modulo non è valido.</translation>
</message>
<message>
<source>The interface for programs</source>
<translation>L’interfaccia per i programmi</translation>
</message>
<message>
<source>The lock file '{1}' cannot be used ({2}), so nothing was moved. Set CATDOG_SORTER_HOME to a folder on a local drive that you can write to.</source>
<translation>Il file di blocco «{1}» non è utilizzabile ({2}), quindi nulla è stato spostato. Imposta CATDOG_SORTER_HOME su una cartella di un’unità locale in cui puoi scrivere.</translation>
</message>
<message>
<source>The name would be too long there. Choose a folder with a shorter path.</source>
<translation>Il nome sarebbe troppo lungo lì. Scegli una cartella con un percorso più breve.</translation>
</message>
<message>
<source>The new model was saved, but the two models could not be compared.</source>
<translation>Il nuovo modello è pronto, ma non è stato possibile confrontare i due.</translation>
</message>
<message>
<source>The original '{1}' no longer exists, so the file made from it was kept.</source>
<translation>L’originale «{1}» non c’è più, quindi ciò che ne è stato fatto resta.</translation>
</message>
<message>
<source>The original '{1}' was changed since; the copy may be the only one of the earlier version.</source>
<translation>L’originale «{1}» è cambiato da allora; la copia potrebbe essere l’unica della versione precedente.</translation>
</message>
<message>
<source>The part of the program that reads photos stopped unexpectedly, perhaps because of a damaged photo. No photo was lost. Classify again to continue.</source>
<translation>La parte del programma che legge le foto si è fermata in modo imprevisto, forse per una foto danneggiata. Nessuna foto è andata persa. Avvia di nuovo l’analisi per continuare.</translation>
</message>
<message>
<source>The photo is too large for this service.</source>
<translation>La foto è troppo grande per questo servizio.</translation>
</message>
<message>
<source>The photos could not be classified in time.</source>
<translation>Non è stato possibile classificare le foto in tempo.</translation>
</message>
<message>
<source>The photos did not arrive in time.</source>
<translation>Le foto non sono arrivate in tempo.</translation>
</message>
<message>
<source>The photos stay where they are; keywords are written beside them (XMP).</source>
<translation>Le foto restano dove sono; le parole chiave vengono scritte accanto (XMP).</translation>
</message>
<message>
<source>The picture is cut off: the end of the file is missing.</source>
<translation>L’immagine è troncata: manca la fine del file.</translation>
</message>
<message>
<source>The picture is damaged or cut off: only its first bytes can be read.</source>
<translation>L’immagine è danneggiata o troncata: solo i primi byte hanno senso.</translation>
</message>
<message>
<source>The picture is damaged, or made in a way this program cannot decode ({1}).</source>
<translation>L’immagine è danneggiata, o fatta in un modo che questo programma non sa decodificare ({1}).</translation>
</message>
<message>
<source>The process that decodes photos could not be started ({1}). Close other programs and try again, or install catdog-sorter again in a fresh environment.</source>
<translation>Non è stato possibile avviare la parte del programma che decodifica le foto ({1}). Chiudi altri programmi e riprova, o reinstalla catdog-sorter in un ambiente nuovo.</translation>
</message>
<message>
<source>The report is saved: {file}</source>
<translation>Il rapporto è stato salvato: {file}</translation>
</message>
<message>
<source>The report {1} cannot be written ({2}). Give another place for it, or make room.</source>
<translation>Impossibile scrivere il rapporto {1} ({2}). Indica un altro posto o libera spazio.</translation>
</message>
<message>
<source>The request is too large.</source>
<translation>La richiesta è troppo grande.</translation>
</message>
<message>
<source>The service does not answer.</source>
<translation>Il servizio non risponde.</translation>
</message>
<message>
<source>The service is at capacity. Retry in a second.</source>
<translation>Il servizio è al limite. Riprova tra un secondo.</translation>
</message>
<message>
<source>The service took too long.</source>
<translation>Il servizio ha impiegato troppo tempo.</translation>
</message>
<message>
<source>The system does not permit it. Check the permissions, or copy instead.</source>
<translation>Il sistema non lo consente. Controlla i permessi, o copia.</translation>
</message>
<message>
<source>The system reports: {1}.</source>
<translation>Il sistema dice: {1}.</translation>
</message>
<message>
<source>The target drive does not accept the name '{1}', or the folder was just removed. Rename the photo, or sort again.</source>
<translation>L’unità di destinazione non accetta il nome «{1}», o ha appena perso quella cartella. Rinominala o smista di nuovo.</translation>
</message>
<message>
<source>The target drive does not support this. Copy instead.</source>
<translation>L’unità di destinazione non lo supporta. Copia.</translation>
</message>
<message>
<source>The token is missing or wrong.</source>
<translation>Il token manca o è sbagliato.</translation>
</message>
<message>
<source>The training is still running. Press Stop to end it.</source>
<translation>L’addestramento continua. Premi «Interrompi» per terminarlo.</translation>
</message>
<message>
<source>The video is damaged or cut off, or made in a way this program cannot decode.</source>
<translation>Il video è danneggiato o troncato, o fatto in un modo che questo programma non sa decodificare.</translation>
</message>
<message>
<source>The video is damaged or cut off: too few of its frames can be decoded.</source>
<translation>Il video è danneggiato o troncato: troppo pochi fotogrammi sono leggibili.</translation>
</message>
<message>
<source>The {1} is damaged: decoding it fails ({2}).</source>
<translation>{1}: danneggiato, la decodifica fallisce ({2}).</translation>
</message>
<message>
<source>The {1} of {2} could not be kept on another drive.</source>
<translation>Non è stato possibile conservare su un’altra unità: {1} di {2}.</translation>
</message>
<message>
<source>There is not enough memory to decode it.</source>
<translation>Memoria insufficiente per decodificarla.</translation>
</message>
<message>
<source>There is nothing to report until photos are classified.</source>
<translation>Non c’è nulla da riportare finché le foto non sono analizzate.</translation>
</message>
<message>
<source>There is nothing to sort.</source>
<translation>Non c’è nulla da smistare.</translation>
</message>
<message>
<source>This camera RAW file holds no preview of a useful size. Run `pip install 'catdog-sorter[raw]'` to decode it.</source>
<translation>Questo file RAW non contiene un’anteprima abbastanza grande. Esegui `pip install 'catdog-sorter[raw]'` per svilupparlo.</translation>
</message>
<message>
<source>This camera RAW file is damaged, or from a camera too new for the decoder. `pip install --upgrade rawpy` may help.</source>
<translation>Questo file RAW è danneggiato, o viene da una fotocamera troppo recente per il decodificatore. `pip install --upgrade rawpy` può essere d’aiuto.</translation>
</message>
<message>
<source>This folder cannot be opened: {1}.</source>
<translation>Impossibile aprire questa cartella: {1}.</translation>
</message>
<message>
<source>This model has no results for parts of a photo.</source>
<translation>Questo modello legge una foto solo per intero, quindi non ci sono parti da mostrare.</translation>
</message>
<message>
<source>This page draws its photos with a script of its own; allow it to run to see them.</source>
<translation>Questa pagina mostra le foto con un proprio script; consentine l’esecuzione per vederle.</translation>
</message>
<message>
<source>This photo has the model's label already: you have not corrected it.</source>
<translation>Vale già ciò che dice il modello: non hai corretto questa foto.</translation>
</message>
<message>
<source>This service asks for its token:</source>
<translation>Questo servizio richiede il suo token:</translation>
</message>
<message>
<source>This service is for the computer it runs on. Call it localhost, or start it with a token.</source>
<translation>Questo servizio è per il computer su cui gira. Chiamalo localhost o avvialo con un token.</translation>
</message>
<message>
<source>This service needs its token. Send the header `Authorization: Bearer TOKEN`.</source>
<translation>Questo servizio richiede il suo token. Invia l’intestazione `Authorization: Bearer TOKEN`.</translation>
</message>
<message>
<source>Too little room in {folder}: {needed} are needed, {free} are free.</source>
<translation>Spazio insufficiente in {folder}: ne servono {needed}, liberi {free}.</translation>
</message>
<message>
<source>Train a model with the photos you have corrected</source>
<translation>Addestra un modello con le foto che hai corretto</translation>
</message>
<message>
<source>Trains a new model, “{name}”, on {photos} you have corrected and on those you have sorted, so check the sorted folders first. A few hundred photos take some minutes; you can keep using the window. The current model stays in use until you choose the new one.</source>
<translation>Addestra un nuovo modello, «{name}», su {photos} che hai corretto e su quelle che hai smistato; perciò controlla prima le cartelle smistate. Qualche centinaio di foto richiede alcuni minuti; la finestra resta utilizzabile. Il modello attuale resta com’è finché non scegli.</translation>
</message>
<message>
<source>Try it with these photos</source>
<translation>Prova con queste foto</translation>
</message>
<message>
<source>Undo</source>
<translation>Annulla</translation>
</message>
<message>
<source>Undo {step}</source>
<translation>Annulla: {step}</translation>
</message>
<message>
<source>Unexpected error ({1}: {2}). No photo was lost; try again and report it if it persists.</source>
<translation>Errore imprevisto ({1}: {2}). Nessuna foto è andata persa; riprova e segnalalo se persiste.</translation>
</message>
<message>
<source>Use the new model</source>
<translation>Usa il nuovo modello</translation>
</message>
<message>
<source>Use the values that the model came with</source>
<translation>Usa i valori forniti con il modello</translation>
</message>
<message>
<source>Uses copies of them; your own photos are not touched</source>
<translation>Sono copie; le tue foto non vengono toccate</translation>
</message>
<message>
<source>Videos need PyAV, which is not installed. Run `pip install 'catdog-sorter[video]'`.</source>
<translation>I video richiedono un componente in più. Esegui `pip install 'catdog-sorter[video]'`.</translation>
</message>
<message>
<source>Videos passed over: {n}. The settings can include them.</source>
<translation>Video tralasciati: {n}. Le impostazioni possono includerli.</translation>
</message>
<message>
<source>Watch</source>
<translation>Monitora</translation>
</message>
<message>
<source>Watch a folder</source>
<translation>Monitora una cartella</translation>
</message>
<message>
<source>Watch a folder …</source>
<translation>Monitora una cartella…</translation>
</message>
<message>
<source>Watching {folder}: {photos} sorted so far, {failed} could not be sorted.</source>
<translation>Monitoraggio di {folder}: finora smistate: {photos}, impossibili da smistare: {failed}.</translation>
</message>
<message>
<source>Watching {folder}: {photos} sorted so far.</source>
<translation>Monitoraggio di {folder}: finora smistate: {photos}.</translation>
</message>
<message>
<source>What a run would do</source>
<translation>Che cosa farebbe un’operazione</translation>
</message>
<message>
<source>What goes where</source>
<translation>Che cosa va dove</translation>
</message>
<message>
<source>What the photos show</source>
<translation>Che cosa mostrano le foto</translation>
</message>
<message>
<source>What to do</source>
<translation>Che cosa fare</translation>
</message>
<message>
<source>Where</source>
<translation>Dove</translation>
</message>
<message>
<source>Where the model looks</source>
<translation>Dove guarda il modello</translation>
</message>
<message>
<source>Where the model looks ({key})</source>
<translation>Dove guarda il modello ({key})</translation>
</message>
<message>
<source>Where to make the folders</source>
<translation>Dove creare le cartelle</translation>
</message>
<message>
<source>With {n} companion files</source>
<translation>File associati che le seguono: {n}</translation>
</message>
<message>
<source>Write keywords</source>
<translation>Scrivi parole chiave</translation>
</message>
<message>
<source>Writing the report</source>
<translation>Scrittura del rapporto</translation>
</message>
<message>
<source>You have not corrected any photo yet. Select photos and press C, D, B or N.</source>
<translation>Non hai ancora corretto nessuna foto. Seleziona delle foto e premi C, D, B o N.</translation>
</message>
<message>
<source>You trained or added it.</source>
<translation>Addestrato o aggiunto da te.</translation>
</message>
<message>
<source>Your quota on this drive is used up. Free some space and try again.</source>
<translation>La tua quota su questa unità è esaurita. Libera spazio e riprova.</translation>
</message>
<message>
<source>Zoom in</source>
<translation>Ingrandisci</translation>
</message>
<message>
<source>Zoom in (Ctrl++)</source>
<translation>Ingrandisci (Ctrl++)</translation>
</message>
<message>
<source>Zoom out</source>
<translation>Riduci</translation>
</message>
<message>
<source>Zoom out (Ctrl+-)</source>
<translation>Riduci (Ctrl+-)</translation>
</message>
<message>
<source>a link leads here: {link}</source>
<translation>un collegamento porta qui: {link}</translation>
</message>
<message>
<source>access control list</source>
<translation>lista di controllo degli accessi</translation>
</message>
<message>
<source>all</source>
<translation>tutte</translation>
</message>
<message>
<source>already there with the same content</source>
<translation>già presenti con lo stesso contenuto</translation>
</message>
<message>
<source>also photos another program keeps a database of</source>
<translation>anche le foto di cui un altro programma tiene un database</translation>
</message>
<message>
<source>also photos that links lead to</source>
<translation>anche le foto a cui portano dei collegamenti</translation>
</message>
<message>
<source>arrived later</source>
<translation>arrivato più tardi</translation>
</message>
<message>
<source>as a list</source>
<translation>come elenco</translation>
</message>
<message>
<source>as found</source>
<translation>come trovate</translation>
</message>
<message>
<source>as the system</source>
<translation>come il sistema</translation>
</message>
<message>
<source>both</source>
<translation>entrambi</translation>
</message>
<message>
<source>by name</source>
<translation>per nome</translation>
</message>
<message>
<source>cat</source>
<translation>gatto</translation>
</message>
<message>
<source>cat or dog: at least {present}, neither: at most {absent}</source>
<translation>gatto o cane: almeno {present}, nessuno: al massimo {absent}</translation>
</message>
<message>
<source>cat {cat}, dog {dog}</source>
<translation>gatto {cat}, cane {dog}</translation>
</message>
<message>
<source>command</source>
<translation>comando</translation>
</message>
<message numerus="yes">
<source>copied</source>
<translation>
<numerusform>copiata</numerusform>
<numerusform>copiate</numerusform>
</translation>
</message>
<message>
<source>corrected</source>
<translation>corrette</translation>
</message>
<message>
<source>dark</source>
<translation>scuro</translation>
</message>
<message>
<source>dog</source>
<translation>cane</translation>
</message>
<message>
<source>done</source>
<translation>completata</translation>
</message>
<message>
<source>extended attributes</source>
<translation>attributi estesi</translation>
</message>
<message numerus="yes">
<source>failed</source>
<translation>
<numerusform>non riuscite</numerusform>
<numerusform>non riuscite</numerusform>
</translation>
</message>
<message>
<source>found by symbolic links</source>
<translation>trovate tramite collegamenti simbolici</translation>
</message>
<message>
<source>from</source>
<translation>da</translation>
</message>
<message>
<source>hard links</source>
<translation>collegamenti fisici</translation>
</message>
<message>
<source>have these keywords already</source>
<translation>hanno già queste parole chiave</translation>
</message>
<message>
<source>in a folder that another program keeps a database of</source>
<translation>in una cartella di cui un altro programma tiene un database</translation>
</message>
<message>
<source>in another folder …</source>
<translation>in un’altra cartella…</translation>
</message>
<message>
<source>in the folder you added</source>
<translation>nella cartella aggiunta</translation>
</message>
<message>
<source>in the review</source>
<translation>nella revisione</translation>
</message>
<message>
<source>in the right folder already</source>
<translation>già nella cartella giusta</translation>
</message>
<message>
<source>in {folder}</source>
<translation>in {folder}</translation>
</message>
<message>
<source>incomplete file</source>
<translation>file incompleto</translation>
</message>
<message>
<source>interrupted</source>
<translation>interrotta</translation>
</message>
<message>
<source>its photo was sorted earlier, and is gone or changed since</source>
<translation>la sua foto è stata ordinata prima, e da allora manca o è cambiata</translation>
</message>
<message>
<source>keywords: {words}</source>
<translation>parole chiave: {words}</translation>
</message>
<message>
<source>label</source>
<translation>etichetta</translation>
</message>
<message>
<source>late companions too ({files})</source>
<translation>anche i file collegati arrivati più tardi ({files})</translation>
</message>
<message>
<source>least sure first</source>
<translation>prima le meno sicure</translation>
</message>
<message numerus="yes">
<source>left</source>
<translation>
<numerusform>lasciata dov’è</numerusform>
<numerusform>lasciate dove sono</numerusform>
</translation>
</message>
<message>
<source>light</source>
<translation>chiaro</translation>
</message>
<message numerus="yes">
<source>linked</source>
<translation>
<numerusform>collegata</numerusform>
<numerusform>collegate</numerusform>
</translation>
</message>
<message>
<source>model's label ({key})</source>
<translation>come dice il modello ({key})</translation>
</message>
<message>
<source>most sure first</source>
<translation>prima le più sicure</translation>
</message>
<message numerus="yes">
<source>moved</source>
<translation>
<numerusform>spostata</numerusform>
<numerusform>spostate</numerusform>
</translation>
</message>
<message>
<source>neither</source>
<translation>nessuno</translation>
</message>
<message>
<source>neither or unsure</source>
<translation>nessuno o incerto</translation>
</message>
<message>
<source>no picture</source>
<translation>nessuna immagine</translation>
</message>
<message>
<source>none: these photos stay where they are</source>
<translation>nessuna: queste foto restano dove sono</translation>
</message>
<message>
<source>only the {photos} selected</source>
<translation>solo la selezione ({photos})</translation>
</message>
<message>
<source>owner</source>
<translation>proprietario</translation>
</message>
<message>
<source>partly undone</source>
<translation>annullata in parte</translation>
</message>
<message>
<source>permissions</source>
<translation>permessi</translation>
</message>
<message>
<source>photos.html</source>
<translation>foto.html</translation>
</message>
<message numerus="yes">
<source>planned</source>
<translation>
<numerusform>prevista</numerusform>
<numerusform>previste</numerusform>
</translation>
</message>
<message numerus="yes">
<source>put back</source>
<translation>
<numerusform>rimessa a posto</numerusform>
<numerusform>rimesse a posto</numerusform>
</translation>
</message>
<message numerus="yes">
<source>skipped</source>
<translation>
<numerusform>saltata</numerusform>
<numerusform>saltate</numerusform>
</translation>
</message>
<message numerus="yes">
<source>sorted</source>
<translation>
<numerusform>smistata</numerusform>
<numerusform>smistate</numerusform>
</translation>
</message>
<message>
<source>state</source>
<translation>stato</translation>
</message>
<message>
<source>stay</source>
<translation>restano</translation>
</message>
<message numerus="yes">
<source>tagged</source>
<translation>
<numerusform>con parole chiave</numerusform>
<numerusform>con parole chiave</numerusform>
</translation>
</message>
<message>
<source>that symbolic links lead to</source>
<translation>a cui portano collegamenti simbolici</translation>
</message>
<message>
<source>time</source>
<translation>data</translation>
</message>
<message>
<source>to</source>
<translation>a</translation>
</message>
<message>
<source>undo interrupted</source>
<translation>annullamento interrotto</translation>
</message>
<message>
<source>undone</source>
<translation>annullata</translation>
</message>
<message>
<source>unreadable</source>
<translation>illeggibile</translation>
</message>
<message>
<source>unsure</source>
<translation>incerto</translation>
</message>
<message>
<source>unsure: not confident enough to sort</source>
<translation>incerto: non abbastanza sicuro per smistare</translation>
</message>
<message>
<source>unticked</source>
<translation>deselezionate</translation>
</message>
<message>
<source>video at {moment}</source>
<translation>video a {moment}</translation>
</message>
<message>
<source>videos</source>
<translation>video</translation>
</message>
<message>
<source>waiting</source>
<translation>in attesa</translation>
</message>
<message>
<source>what</source>
<translation>che cosa</translation>
</message>
<message>
<source>when</source>
<translation>quando</translation>
</message>
<message>
<source>where it was</source>
<translation>dov’era</translation>
</message>
<message>
<source>whose folder is a link out of the target; choose the real folder as the target</source>
<translation>la cui cartella è un collegamento che esce dalla destinazione; scegli la cartella reale come destinazione</translation>
</message>
<message>
<source>whose sidecar cannot be changed</source>
<translation>il cui file sidecar non si può completare</translation>
</message>
<message>
<source>without sub-folders</source>
<translation>senza sottocartelle</translation>
</message>
<message>
<source>your folder</source>
<translation>la tua cartella</translation>
</message>
<message>
<source>{1} Files moved with it could not be moved back: {2} Undo the run to try that again.</source>
<translation>{1} Non è stato possibile rimettere a posto i file spostati con essa: {2} Annulla lo smistamento per riprovare.</translation>
</message>
<message>
<source>{1} TIFF{2} is not supported.</source>
<translation>{1} TIFF{2} non è supportato.</translation>
</message>
<message>
<source>{1} are not supported. Export this one as JPEG, PNG or TIFF.</source>
<translation>{1} non sono supportati. Esporta come JPEG, PNG o TIFF.</translation>
</message>
<message>
<source>{1} cannot be read: permission denied. Give yourself read permission.</source>
<translation>{1} non può essere esaminato: permesso negato. Concediti il permesso di lettura.</translation>
</message>
<message>
<source>{1} does not exist. Check the spelling, or give another path.</source>
<translation>{1} non esiste. Controlla l’ortografia o indica un altro percorso.</translation>
</message>
<message>
<source>{1} is a photo manager's library or another program's document; moving photos inside would break it. Export the photos to a folder and sort that.</source>
<translation>{1} è la libreria di un gestore di foto o il documento di un altro programma; spostare foto al suo interno lo rovinerebbe. Esporta le foto in una cartella e smista quella.</translation>
</message>
<message>
<source>{1} is named like a file that belongs to {2}, and would be moved with it. Choose another file.</source>
<translation>{1} ha il nome di un file che appartiene a {2} e verrebbe spostato con esso. Scegli un altro file.</translation>
</message>
<message>
<source>{1} is named like a photo. Choose another file.</source>
<translation>{1} ha il nome di una foto. Scegli un altro file.</translation>
</message>
<message>
<source>{1} is not supported. Export this one as JPEG, PNG or TIFF.</source>
<translation>{1} non è supportato. Esporta questa foto come JPEG, PNG o TIFF.</translation>
</message>
<message>
<source>{1}, or leave out --videos.</source>
<translation>{1}, o togli --videos.</translation>
</message>
<message>
<source>{do} {photos}</source>
<translation>{do} {photos}</translation>
</message>
<message numerus="yes">
<source>{files} put back.</source>
<translation>
<numerusform>{files} rimesso al suo posto.</numerusform>
<numerusform>{files} rimessi al loro posto.</numerusform>
</translation>
</message>
<message numerus="yes">
<source>{files} stay where they are:</source>
<translation>
<numerusform>{files} resta dov’è:</numerusform>
<numerusform>{files} restano dove sono:</numerusform>
</translation>
</message>
<message>
<source>{label} to {folder}</source>
<translation>{label} in {folder}</translation>
</message>
<message>
<source>{label}, corrected by you</source>
<translation>{label}, corretto da te</translation>
</message>
<message>
<source>{label}, {share} sure</source>
<translation>{label}, sicuro al {share}</translation>
</message>
<message>
<source>{label}: {number}</source>
<translation>{label}: {number}</translation>
</message>
<message>
<source>{label}: {photos} to “{folder}”</source>
<translation>{label}: {photos} in «{folder}»</translation>
</message>
<message>
<source>{label}: {photos}, {keywords}</source>
<translation>{label}: {photos}, {keywords}</translation>
</message>
<message>
<source>{name}, stays: unticked</source>
<translation>{name}, resta: deselezionata</translation>
</message>
<message>
<source>{name}, to {target}</source>
<translation>{name}, in {target}</translation>
</message>
<message>
<source>{name}: {label}, corrected by you</source>
<translation>{name}: {label}, corretto da te</translation>
</message>
<message>
<source>{name}: {label}, {share} sure</source>
<translation>{name}: {label}, sicuro al {share}</translation>
</message>
<message numerus="yes">
<source>{number} files</source>
<translation>
<numerusform>{number} file</numerusform>
<numerusform>{number} file</numerusform>
</translation>
</message>
<message numerus="yes">
<source>{number} photos</source>
<translation>
<numerusform>{number} foto</numerusform>
<numerusform>{number} foto</numerusform>
</translation>
</message>
<message>
<source>{n} corrected by you</source>
<translation>corrette da te: {n}</translation>
</message>
<message>
<source>{n} failed</source>
<translation>non riuscite: {n}</translation>
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
<translation>{n} di {total}</translation>
</message>
<message>
<source>{n} of {total} answered. None is kept.</source>
<translation>{n} di {total} analizzate. Nessuna viene conservata.</translation>
</message>
<message>
<source>{n} of {total} photos</source>
<translation>{n} di {total} foto</translation>
</message>
<message>
<source>{n} s</source>
<translation>{n} s</translation>
</message>
<message>
<source>{n} sorted</source>
<translation>smistate: {n}</translation>
</message>
<message>
<source>{photos} corrected by you. A correction applies wherever the photo is.</source>
<translation>Le tue correzioni: {photos}. Una correzione vale ovunque si trovi la foto.</translation>
</message>
<message>
<source>{photos} could not be read. The most common reason: {reason}</source>
<translation>Illeggibili: {photos}. Il motivo più frequente: {reason}</translation>
</message>
<message numerus="yes">
<source>{photos} could not be {done}:</source>
<translation>
<numerusform>{photos} non è stata {done}:</numerusform>
<numerusform>{photos} non sono state {done}:</numerusform>
</translation>
</message>
<message numerus="yes">
<source>{photos} marked {label}</source>
<translation>
<numerusform>{photos} etichettata: {label}</numerusform>
<numerusform>{photos} etichettate: {label}</numerusform>
</translation>
</message>
<message>
<source>{photos} to {folder}</source>
<translation>{photos} in {folder}</translation>
</message>
<message>
<source>{photos} with the model's label</source>
<translation>{photos} come dice il modello</translation>
</message>
<message>
<source>{photos} {done}</source>
<translation>{photos} {done}</translation>
</message>
<message>
<source>{program} keeps a database of {folder}, and would miss photos that are moved. Copying, or writing keywords, leaves it intact.</source>
<translation>{program} tiene un database di {folder} e non troverebbe le foto spostate. Copiare o scrivere parole chiave lo lascia intatto.</translation>
</message>
<message>
<source>{source}
to {target}</source>
<translation>{source}
in {target}</translation>
</message>
<message>
<source>{text}, incomplete file</source>
<translation>{text}, file incompleto</translation>
</message>
<message>
<source>{title}: {done} of {total}, {rate} a second, {left} left</source>
<translation>{title}: {done} di {total}, {rate} al secondo, ancora {left}</translation>
</message>
<message>
<source>{title}: {done} so far, {rate} a second</source>
<translation>{title}: {done} finora, {rate} al secondo</translation>
</message>
<message>
<source>“{name}” is not a valid folder name. Give a name below the target folder.</source>
<translation>«{name}» non è un nome di cartella valido. Indica un nome all’interno della cartella di destinazione.</translation>
</message>
<message>
<source>… and to other folders</source>
<translation>… e in altre cartelle</translation>
</message>
<message>
<source>← → step · Z 100% · F11 full screen</source>
<translation>← → sfoglia · Z 100% · F11 schermo intero</translation>
</message>
<message>
<source>◂ Back to the photos</source>
<translation>◂ Torna alle foto</translation>
</message>
<message>
<source>✓ by you</source>
<translation>✓ da te</translation>
</message>
</context>
</TS>
