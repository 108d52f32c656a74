<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="es" sourcelanguage="en">
<context>
<name>catdog-sorter</name>
<message>
<source>&amp;Edit</source>
<translation>&amp;Editar</translation>
</message>
<message>
<source>&amp;File</source>
<translation>&amp;Archivo</translation>
</message>
<message>
<source>&amp;Help</source>
<translation>Ay&amp;uda</translation>
</message>
<message>
<source>&amp;Photo</source>
<translation>&amp;Foto</translation>
</message>
<message>
<source>&amp;View</source>
<translation>&amp;Ver</translation>
</message>
<message>
<source>'{1}' cannot be opened or written ({2}). Check that its folder exists, is not read-only and belongs to you, or set CATDOG_SORTER_HOME to a folder you can write to.</source>
<translation>No se puede abrir ni escribir «{1}» ({2}). Comprueba que su carpeta existe, que no es de solo lectura y que es tuya, o pon en CATDOG_SORTER_HOME una carpeta en la que puedas escribir.</translation>
</message>
<message>
<source>'{1}' cannot be written: the drive is full. Free some space and try again.</source>
<translation>No se puede escribir «{1}»: la unidad está llena. Libera espacio e inténtalo de nuevo.</translation>
</message>
<message>
<source>'{1}' changed while it was being sorted, so it was left alone. Sort again when no other program writes to it.</source>
<translation>«{1}» cambió mientras se ordenaba, así que no se ha tocado. Ordena de nuevo cuando ningún otro programa escriba en él.</translation>
</message>
<message>
<source>'{1}' is a link or not a regular file, so it was left alone.</source>
<translation>«{1}» es un enlace o no es un archivo normal, así que no se ha tocado.</translation>
</message>
<message>
<source>'{1}' is damaged ({2}). {3}</source>
<translation>«{1}» está dañado ({2}). {3}</translation>
</message>
<message>
<source>'{1}' is in use by another program. Wait for it to finish and try again.</source>
<translation>Otro programa está usando «{1}». Espera a que termine e inténtalo de nuevo.</translation>
</message>
<message>
<source>'{1}' is now a link, which could lead anywhere, so nothing was put there. Remove it and try again.</source>
<translation>«{1}» es ahora un enlace, que podría llevar a cualquier parte, así que no se ha puesto nada ahí. Quítalo e inténtalo de nuevo.</translation>
</message>
<message>
<source>'{1}' was changed after it was sorted.</source>
<translation>«{1}» cambió después de ordenarse.</translation>
</message>
<message>
<source>'{1}' was changed or replaced after it was read, so it was left alone. Sort again.</source>
<translation>«{1}» cambió o se reemplazó después de leerse, así que no se ha tocado. Ordena de nuevo.</translation>
</message>
<message>
<source>'{1}' was changed or replaced after the run.</source>
<translation>«{1}» cambió o se reemplazó desde entonces.</translation>
</message>
<message>
<source>'{1}' was written by a newer catdog-sorter (format {2}, this one knows {3}). Update with `pip install --upgrade catdog-sorter`.</source>
<translation>«{1}» lo escribió un catdog-sorter más nuevo (formato {2}; este conoce {3}). Actualiza con `pip install --upgrade catdog-sorter`.</translation>
</message>
<message>
<source>... and {photos} more.</source>
<translation>... y {photos} más.</translation>
</message>
<message>
<source>1 file</source>
<translation>1 archivo</translation>
</message>
<message>
<source>1 photo</source>
<translation>1 foto</translation>
</message>
<message>
<source>100%, every pixel of the photo (Z)</source>
<translation>100 %, cada píxel de la foto (Z)</translation>
</message>
<message>
<source>A file is in the place of a folder it goes to. Rename that file and try again.</source>
<translation>Un archivo ocupa el lugar de la carpeta de destino. Cámbiale el nombre y vuelve a intentarlo.</translation>
</message>
<message>
<source>A hard link cannot reach another drive. Copy, or use symbolic links.</source>
<translation>Un enlace físico no llega a otra unidad. Copia o usa enlaces simbólicos.</translation>
</message>
<message>
<source>A job is still running. Stop it and close?</source>
<translation>Hay una tarea en curso. ¿Detenerla y cerrar?</translation>
</message>
<message>
<source>Add a folder …</source>
<translation>Añadir una carpeta …</translation>
</message>
<message>
<source>Add photos …</source>
<translation>Añadir fotos …</translation>
</message>
<message>
<source>Added to the queue: {names}</source>
<translation>Añadido a la cola: {names}</translation>
</message>
<message>
<source>All photos, in a strip</source>
<translation>Todas las fotos, en una tira</translation>
</message>
<message>
<source>An animal is present from {present}, and absent up to {absent}. Photos in between are unsure and stay where they are.</source>
<translation>Desde {present} se considera que hay un animal, y hasta {absent} que no lo hay. Las fotos intermedias son dudosas y se quedan donde están.</translation>
</message>
<message>
<source>Another catdog-sort is moving photos right now. Wait until it is done, then try again.</source>
<translation>Otro catdog-sort está moviendo fotos ahora mismo. Espera a que termine e inténtalo de nuevo.</translation>
</message>
<message>
<source>Another program has just created its sidecar. Run the command again to add keywords to it.</source>
<translation>Otro programa acaba de crear su archivo anexo (XMP). Escribe otra vez las palabras clave para añadirlas ahí.</translation>
</message>
<message>
<source>Another program has just given it these keywords.</source>
<translation>Otro programa acaba de ponerle estas palabras clave.</translation>
</message>
<message>
<source>Another program has saved '{1}' while it was being checked; the earlier version is now '{2}'.</source>
<translation>Otro programa guardó de nuevo «{1}» mientras se comprobaba; lo que había antes es ahora «{2}».</translation>
</message>
<message>
<source>At capacity; retry after the seconds in Retry-After.</source>
<translation>Sin capacidad; inténtalo de nuevo tras los segundos de Retry-After.</translation>
</message>
<message>
<source>Back to all photos</source>
<translation>Volver a todas las fotos</translation>
</message>
<message>
<source>Blue looks like a dog to the model. No part looks like a cat.</source>
<translation>Para el modelo, lo azul parece un perro. Nada parece un gato.</translation>
</message>
<message>
<source>Cancel</source>
<translation>Cancelar</translation>
</message>
<message>
<source>Cats and dogs</source>
<translation>Gatos y perros</translation>
</message>
<message>
<source>Certainty needed</source>
<translation>Certeza necesaria</translation>
</message>
<message>
<source>Choose a folder</source>
<translation>Elegir una carpeta</translation>
</message>
<message>
<source>Choose a folder …</source>
<translation>Elegir una carpeta …</translation>
</message>
<message>
<source>Choose a photo</source>
<translation>Elegir una foto</translation>
</message>
<message>
<source>Choose photos</source>
<translation>Elegir fotos</translation>
</message>
<message>
<source>Choose photos …</source>
<translation>Elegir fotos …</translation>
</message>
<message>
<source>Classify the rest</source>
<translation>Analizar el resto</translation>
</message>
<message>
<source>Classify the waiting photos</source>
<translation>Analizar las fotos pendientes</translation>
</message>
<message>
<source>Classifying</source>
<translation>Análisis</translation>
</message>
<message>
<source>Clear</source>
<translation>Vaciar</translation>
</message>
<message>
<source>Clear the window</source>
<translation>Vaciar la ventana</translation>
</message>
<message>
<source>Close</source>
<translation>Cerrar</translation>
</message>
<message>
<source>Colour the parts of the photo that look like a cat or a dog to the model</source>
<translation>Colorear las partes de la foto que para el modelo parecen un gato o un perro</translation>
</message>
<message>
<source>Colours</source>
<translation>Colores</translation>
</message>
<message>
<source>Command</source>
<translation>Comando</translation>
</message>
<message>
<source>Comparing both models on the photos you corrected …</source>
<translation>Comparando ambos modelos con las fotos corregidas …</translation>
</message>
<message>
<source>Computing …</source>
<translation>Consultando al modelo …</translation>
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
<translation>Copiar la ruta</translation>
</message>
<message>
<source>Copy the photos</source>
<translation>Copiar las fotos</translation>
</message>
<message>
<source>Corrections</source>
<translation>Correcciones</translation>
</message>
<message>
<source>Corrections …</source>
<translation>Correcciones …</translation>
</message>
<message>
<source>Corrections, the latest first</source>
<translation>Correcciones, las más recientes primero</translation>
</message>
<message>
<source>Cross-origin request, or a Host header that does not name this computer.</source>
<translation>Petición de otro origen, o una cabecera Host que no nombra este equipo.</translation>
</message>
<message>
<source>Cross-origin requests are refused. Open the service's own page instead.</source>
<translation>Se rechazan peticiones de otros sitios. Abre la página del propio servicio.</translation>
</message>
<message>
<source>Ctrl+O</source>
<translation>Ctrl+O</translation>
</message>
<message>
<source>Ctrl+Shift+O</source>
<translation>Ctrl+Mayús+O</translation>
</message>
<message>
<source>Default</source>
<translation>Predeterminado</translation>
</message>
<message>
<source>Despite its name, it is {1}.</source>
<translation>Diga lo que diga su nombre, es {1}.</translation>
</message>
<message>
<source>Drop photos or folders here</source>
<translation>Suelta aquí fotos o carpetas</translation>
</message>
<message>
<source>Drop photos or folders here, or click to choose some.</source>
<translation>Suelta aquí fotos o carpetas, o haz clic para elegirlas.</translation>
</message>
<message>
<source>Each photo is classified: a cat, a dog, both, or neither?
Nothing is moved before you have seen the plan and agreed, and every sort can be undone.
Your photos never leave this computer.</source>
<translation>Se analiza cada foto: ¿un gato, un perro, ambos o ninguno?
No se mueve nada antes de que hayas visto adónde y lo aceptes, y todo se puede deshacer.
Tus fotos nunca salen de este equipo.</translation>
</message>
<message>
<source>Earlier runs, the latest first</source>
<translation>Operaciones anteriores, las más recientes primero</translation>
</message>
<message>
<source>Empty the window; the photos stay on disk</source>
<translation>Vaciar la ventana; las fotos siguen en el disco</translation>
</message>
<message>
<source>Enter</source>
<translation>Intro</translation>
</message>
<message>
<source>Escape</source>
<translation>Esc</translation>
</message>
<message>
<source>Every pixel (100%)</source>
<translation>Cada píxel (100 %)</translation>
</message>
<message>
<source>Everything here can be undone. Files changed since then stay where they are and are listed.</source>
<translation>Todo lo que hay aquí se puede deshacer. Los archivos modificados desde entonces se quedan donde están y se enumeran.</translation>
</message>
<message>
<source>Files that arrived after their photos were sorted: {files}</source>
<translation>Archivos que llegaron después de ordenar sus fotos: {files}</translation>
</message>
<message>
<source>Files that arrived later go to their photos, which were sorted earlier: {files}</source>
<translation>Los archivos que llegaron después van con sus fotos, ya ordenadas: {files}</translation>
</message>
<message>
<source>Fit</source>
<translation>Ajustar</translation>
</message>
<message>
<source>Fit the picture</source>
<translation>Ajustar la imagen</translation>
</message>
<message>
<source>Fit the picture into the view (Ctrl+0)</source>
<translation>Ajustar la imagen a la vista (Ctrl+0)</translation>
</message>
<message>
<source>Folder for {label}</source>
<translation>Carpeta para {label}</translation>
</message>
<message>
<source>Folder to watch</source>
<translation>Carpeta que vigilar</translation>
</message>
<message>
<source>Folders that are empty now were removed: {n}. Undo brings them back.</source>
<translation>Carpetas ahora vacías eliminadas: {n}. Deshacer las recupera.</translation>
</message>
<message>
<source>From {folder}:</source>
<translation>De {folder}:</translation>
</message>
<message>
<source>Full screen</source>
<translation>Pantalla completa</translation>
</message>
<message>
<source>Hide this message</source>
<translation>Ocultar este mensaje</translation>
</message>
<message>
<source>History</source>
<translation>Historial</translation>
</message>
<message>
<source>History …</source>
<translation>Historial …</translation>
</message>
<message>
<source>In the queue: {n} more.</source>
<translation>En la cola: {n} más.</translation>
</message>
<message>
<source>Include</source>
<translation>Incluir</translation>
</message>
<message>
<source>Internal error.</source>
<translation>Error interno.</translation>
</message>
<message>
<source>It begins with zeros only, a sign of a failed copy or memory card. Copy it again.</source>
<translation>Empieza solo con ceros, como tras una copia fallida o con una tarjeta defectuosa. Cópiala de nuevo.</translation>
</message>
<message>
<source>It belongs to a photo that was put back, but '{1}' is there.</source>
<translation>Pertenece a una foto que volvió a su sitio, pero allí está «{1}».</translation>
</message>
<message>
<source>It came with the program.</source>
<translation>Viene con el programa.</translation>
</message>
<message>
<source>It cannot be read, so its correction cannot be stored ({1}).</source>
<translation>No se puede leer para recordar su corrección ({1}).</translation>
</message>
<message>
<source>It could not be decoded within {1}, so it was skipped.</source>
<translation>No se pudo decodificar en {1}, así que se abandonó.</translation>
</message>
<message>
<source>It could not be read from the disk: {1}.</source>
<translation>El disco no pudo leerla: {1}.</translation>
</message>
<message>
<source>It declares a document type, which no sidecar needs and which can do harm.</source>
<translation>Declara un tipo de documento, que ningún archivo anexo necesita y que puede hacer daño.</translation>
</message>
<message>
<source>It has more than {1} streams, so it is not decoded.</source>
<translation>Contiene más de {1} pistas, así que no se decodifica.</translation>
</message>
<message>
<source>It has no video stream.</source>
<translation>No contiene imágenes en movimiento.</translation>
</message>
<message>
<source>It is a link that leads back to itself.</source>
<translation>Es un enlace que da vueltas en círculo.</translation>
</message>
<message>
<source>It is a link whose target cannot be reached.</source>
<translation>Es un enlace cuyo destino no se puede alcanzar.</translation>
</message>
<message>
<source>It is a video. Add --videos to include videos.</source>
<translation>Es un vídeo. Añade --videos para analizar también los vídeos.</translation>
</message>
<message>
<source>It is damaged, or not written in UTF-8: {1}, line {2}.</source>
<translation>Está dañado o no está en UTF-8: {1}, línea {2}.</translation>
</message>
<message>
<source>It is larger than {1} GiB, so it is not read as a photo.</source>
<translation>Ocupa más de {1} GiB, así que no es una foto.</translation>
</message>
<message>
<source>It is larger than {1} MiB, so it was not read.</source>
<translation>Ocupa más de {1} MiB, así que no se leyó.</translation>
</message>
<message>
<source>It is no longer at '{1}': it was moved, renamed or deleted, or its drive is not connected.</source>
<translation>Ya no está en «{1}»: se movió, se renombró o se borró, o su unidad no está conectada.</translation>
</message>
<message>
<source>It is no longer there.</source>
<translation>Ya no está.</translation>
</message>
<message>
<source>It is no longer there: another program moved or deleted it.</source>
<translation>Ya no está: otro programa la ha movido o borrado.</translation>
</message>
<message>
<source>It is not XMP: it has no rdf:Description.</source>
<translation>No es XMP: no describe nada.</translation>
</message>
<message>
<source>It is not a picture in a supported format.</source>
<translation>Su contenido no es una imagen en un formato que este programa lea, diga lo que diga su nombre.</translation>
</message>
<message>
<source>It is not a regular file.</source>
<translation>No es un archivo normal.</translation>
</message>
<message>
<source>It is not a video in a supported format.</source>
<translation>Su contenido no es un vídeo en un formato que este programa lea, diga lo que diga su nombre.</translation>
</message>
<message>
<source>It stays with '{1}'. {2}</source>
<translation>Se queda con «{1}». {2}</translation>
</message>
<message>
<source>It stays with its photo. {1}</source>
<translation>Se queda con su foto. {1}</translation>
</message>
<message>
<source>It told cat from dog correctly in {share} of its test photos.</source>
<translation>Distinguió bien gato y perro en el {share} de sus fotos de prueba.</translation>
</message>
<message>
<source>It was moved, renamed or deleted since the run.</source>
<translation>Ya no está: se ha movido, renombrado o borrado desde entonces.</translation>
</message>
<message>
<source>It was removed after its folder was listed.</source>
<translation>Ya no está: estaba cuando se leyó la carpeta.</translation>
</message>
<message>
<source>Its file is truncated, or has extra data at its end.</source>
<translation>El archivo termina demasiado pronto o donde no debe.</translation>
</message>
<message>
<source>Its folder or the target folder cannot be changed, or another program has the file open. Check the permissions and try again.</source>
<translation>No puedes cambiar su carpeta o la de destino, o la tiene abierta otro programa. Comprueba los permisos y vuelve a intentarlo.</translation>
</message>
<message>
<source>Its header states frames of {1} x {2} pixels; at most {3} megapixels are decoded, to limit memory.</source>
<translation>Dice que sus fotogramas tienen {1} x {2} píxeles; se decodifican como mucho {3} megapíxeles, para proteger la memoria.</translation>
</message>
<message>
<source>Its header states {1} x {2} pixels; at most {3} megapixels are decoded, to limit memory.</source>
<translation>Dice tener {1} x {2} píxeles; se decodifican como mucho {3} megapíxeles, para proteger la memoria.</translation>
</message>
<message>
<source>Its original place '{1}' is taken by another file.</source>
<translation>Su lugar original «{1}» lo ocupa otro archivo.</translation>
</message>
<message>
<source>Its sidecar '{1}' was left as it is. {2}</source>
<translation>Su archivo anexo «{1}» se dejó como está. {2}</translation>
</message>
<message>
<source>Its structure is not supported: {1}.</source>
<translation>Está compuesto de un modo que este programa no conoce: {1}.</translation>
</message>
<message>
<source>Its video codec is not supported.</source>
<translation>Está codificado de un modo que este programa no decodifica.</translation>
</message>
<message>
<source>JPEG XL needs imagecodecs, which is not installed. Run `pip install 'catdog-sorter[formats]'`.</source>
<translation>Las fotos JPEG XL necesitan un complemento. Ejecuta `pip install 'catdog-sorter[formats]'`.</translation>
</message>
<message>
<source>JSON, a photo a line (*.jsonl)</source>
<translation>JSON, una foto por línea (*.jsonl)</translation>
</message>
<message>
<source>Keep the best model so far</source>
<translation>Conservar lo mejor aprendido hasta ahora</translation>
</message>
<message>
<source>Keep the current model</source>
<translation>Conservar el modelo actual</translation>
</message>
<message>
<source>Keys</source>
<translation>Teclas</translation>
</message>
<message>
<source>Label the selected photos</source>
<translation>Etiquetar las fotos seleccionadas</translation>
</message>
<message>
<source>Label this photo and go on to the next</source>
<translation>Etiquetar esta foto y pasar a la siguiente</translation>
</message>
<message>
<source>Label: {label}</source>
<translation>Etiqueta: {label}</translation>
</message>
<message>
<source>Language</source>
<translation>Idioma</translation>
</message>
<message>
<source>Large picture</source>
<translation>Imagen grande</translation>
</message>
<message>
<source>Learn</source>
<translation>Aprender</translation>
</message>
<message>
<source>Learn from corrections …</source>
<translation>Aprender de las correcciones …</translation>
</message>
<message>
<source>Learn from my corrections</source>
<translation>Aprender de mis correcciones</translation>
</message>
<message>
<source>Learn …</source>
<translation>Aprender …</translation>
</message>
<message>
<source>Learning needs PyTorch or TensorFlow, and neither is installed. Run `pip install 'catdog-sorter[torch]'` and open this again. Your corrections apply in any case.</source>
<translation>Para aprender hace falta PyTorch o TensorFlow, y no está instalado ninguno. Ejecuta `pip install 'catdog-sorter[torch]'` y vuelve a abrir esto. Tus correcciones cuentan en todo caso.</translation>
</message>
<message>
<source>Left alone, as the system or other programs keep their files there: {names}</source>
<translation>Sin tocar, porque el sistema u otros programas guardan ahí sus archivos: {names}</translation>
</message>
<message>
<source>Left out, as they are in iCloud only: {photos}</source>
<translation>Omitidas, porque solo están en iCloud: {photos}</translation>
</message>
<message>
<source>Link</source>
<translation>Enlazar</translation>
</message>
<message>
<source>Links to photos that are moved will break.</source>
<translation>Los enlaces a las fotos movidas no llevarán a ninguna parte.</translation>
</message>
<message>
<source>Look again</source>
<translation>Volver a leer</translation>
</message>
<message>
<source>Looking for the photos you corrected …</source>
<translation>Buscando las fotos corregidas …</translation>
</message>
<message>
<source>Make hard links</source>
<translation>Crear enlaces físicos</translation>
</message>
<message>
<source>Make relative symbolic links</source>
<translation>Crear enlaces simbólicos relativos</translation>
</message>
<message>
<source>Make symbolic links</source>
<translation>Crear enlaces simbólicos</translation>
</message>
<message>
<source>Marked {label}</source>
<translation>Etiquetada: {label}</translation>
</message>
<message>
<source>Messages of the training</source>
<translation>Mensajes del entrenamiento</translation>
</message>
<message>
<source>Model</source>
<translation>Modelo</translation>
</message>
<message>
<source>Model's label</source>
<translation>Como dice el modelo</translation>
</message>
<message>
<source>Model, folders, colours (Ctrl+,)</source>
<translation>Modelo, carpetas, colores (Ctrl+,)</translation>
</message>
<message>
<source>Move</source>
<translation>Mover</translation>
</message>
<message>
<source>Move the photos</source>
<translation>Mover las fotos</translation>
</message>
<message>
<source>Move them there …</source>
<translation>Llevarlos allí …</translation>
</message>
<message>
<source>Moved to photos that were sorted earlier: {files}</source>
<translation>Llevados junto a fotos ya ordenadas: {files}</translation>
</message>
<message>
<source>Name the folder of one label at least.</source>
<translation>Indica la carpeta de al menos una etiqueta.</translation>
</message>
<message>
<source>New photos in this folder are sorted automatically while the window is open, and so are those that are there already. Every sort is in the history and can be undone.</source>
<translation>Las fotos nuevas de esta carpeta se ordenan automáticamente mientras la ventana está abierta, y también las que ya están en ella. Todo queda en el historial y se puede deshacer.</translation>
</message>
<message>
<source>Next photo</source>
<translation>Foto siguiente</translation>
</message>
<message>
<source>No folder is chosen yet.</source>
<translation>Aún no se ha elegido ninguna carpeta.</translation>
</message>
<message>
<source>No model was trained. The messages of the training are below.</source>
<translation>No se ha entrenado ningún modelo. Los mensajes del entrenamiento están abajo.</translation>
</message>
<message>
<source>No part of this photo looks like a cat or a dog to the model.</source>
<translation>Ninguna parte de esta foto le parece al modelo un gato o un perro.</translation>
</message>
<message>
<source>No photo is kept.</source>
<translation>No se conserva ninguna foto.</translation>
</message>
<message>
<source>No photo matches.</source>
<translation>No hay fotos así.</translation>
</message>
<message>
<source>No photos have been sorted yet.</source>
<translation>Aún no se ha ordenado ninguna foto.</translation>
</message>
<message>
<source>No photos were found in {names}.</source>
<translation>No se encontraron fotos en {names}.</translation>
</message>
<message>
<source>No photos were found there. Nothing was changed.</source>
<translation>Allí no se han encontrado fotos. No se ha cambiado nada.</translation>
</message>
<message>
<source>Not classified yet: {photos}</source>
<translation>Aún sin analizar: {photos}</translation>
</message>
<message>
<source>Not kept on another drive: {attribute} ({number})</source>
<translation>No conservado en otra unidad: {attribute} ({number})</translation>
</message>
<message>
<source>Not searched, because sorted photos go there: {names}</source>
<translation>No se ha buscado ahí porque es el destino de las fotos ordenadas: {names}</translation>
</message>
<message>
<source>Not sorted: {list}</source>
<translation>Sin ordenar: {list}</translation>
</message>
<message>
<source>Not sorted: {reason}</source>
<translation>Sin ordenar: {reason}</translation>
</message>
<message>
<source>Nothing has been moved yet. A click or Space leaves a photo out; drag it to another column, or press {keys}, to correct it.</source>
<translation>Aún no se ha movido nada. Un clic o la barra espaciadora deja fuera una foto; arrástrela a otra columna o pulse {keys} para corregirla.</translation>
</message>
<message>
<source>Nothing was changed. Move that file away to continue without your corrections, or restore it from a backup to keep them. Sorting runs can still be undone.</source>
<translation>No se cambió nada. Aparta ese archivo para seguir sin tus correcciones, o recupéralo de una copia de seguridad para conservarlas. Lo ordenado se puede deshacer como antes.</translation>
</message>
<message>
<source>Nothing was changed. Move that file away to start with an empty one; runs recorded in it can then no longer be undone.</source>
<translation>No se cambió nada. Aparta ese archivo para empezar con uno vacío; lo que contiene ya no se podrá deshacer.</translation>
</message>
<message>
<source>Nothing was sorted</source>
<translation>No se ha ordenado nada</translation>
</message>
<message>
<source>OK</source>
<translation>Aceptar</translation>
</message>
<message>
<source>Of {photos} you corrected, the current model labels {old} as you did, the new one {new}. The new one was trained on most of these photos, so it should do better here. Its results on other photos are shown above.</source>
<translation>De {photos} que has corregido, el modelo actual etiqueta {old} como tú y el nuevo {new}. El nuevo ha aprendido de la mayoría de estas fotos, así que aquí debería acertar más; arriba se ve cómo acierta con fotos que nunca vio.</translation>
</message>
<message>
<source>One photo after the other, the least sure first (F5)</source>
<translation>Una foto tras otra, las menos seguras primero (F5)</translation>
</message>
<message>
<source>One photo, large</source>
<translation>Una foto, en grande</translation>
</message>
<message>
<source>Only photos that are classified and can be read can be labelled.</source>
<translation>Solo se pueden etiquetar fotos analizadas que se pueden leer.</translation>
</message>
<message>
<source>Open folder</source>
<translation>Abrir la carpeta</translation>
</message>
<message>
<source>Open in its own program</source>
<translation>Abrir en su programa</translation>
</message>
<message>
<source>Open it</source>
<translation>Abrir</translation>
</message>
<message>
<source>Open the file</source>
<translation>Abrir el archivo</translation>
</message>
<message>
<source>Open the folder these photos came from, to sort new photos in it</source>
<translation>Abrir la carpeta de la que vinieron estas fotos, para ordenar las nuevas</translation>
</message>
<message>
<source>Open the photo large, and back</source>
<translation>Abrir la foto en grande, y volver</translation>
</message>
<message>
<source>Open this folder again</source>
<translation>Volver a abrir esta carpeta</translation>
</message>
<message>
<source>Open {name} large</source>
<translation>Abrir {name} en grande</translation>
</message>
<message>
<source>Orange looks like a cat to the model, blue like a dog.</source>
<translation>Para el modelo, lo naranja parece un gato y lo azul un perro.</translation>
</message>
<message>
<source>Orange looks like a cat to the model. No part looks like a dog.</source>
<translation>Para el modelo, lo naranja parece un gato. Nada parece un perro.</translation>
</message>
<message>
<source>Order</source>
<translation>Orden</translation>
</message>
<message>
<source>Page of pictures (*.html)</source>
<translation>Página de imágenes (*.html)</translation>
</message>
<message>
<source>Paste</source>
<translation>Pegar</translation>
</message>
<message>
<source>Permission to read it was denied. Give yourself read permission.</source>
<translation>No se puede leer: permiso denegado. Date permiso de lectura.</translation>
</message>
<message>
<source>Photos</source>
<translation>Fotos</translation>
</message>
<message>
<source>Photos already sorted stay sorted</source>
<translation>Lo ordenado sigue ordenado</translation>
</message>
<message>
<source>Photos are being moved. Undo when that is done, or stop it.</source>
<translation>Se están moviendo fotos. Deshaz cuando termine, o detén la tarea.</translation>
</message>
<message>
<source>Photos cannot be classified.</source>
<translation>No se pueden clasificar fotos.</translation>
</message>
<message>
<source>Photos of cats go to a folder for cats, dogs to one for dogs, photos of both to a third, and all others stay where they are.</source>
<translation>Las fotos de gatos van a una carpeta de gatos, las de perros a una de perros, las de ambos a una tercera, y todas las demás se quedan donde están.</translation>
</message>
<message>
<source>Photos that were already sorted stay sorted; you can undo that later.</source>
<translation>Las fotos ordenadas siguen ordenadas y se pueden devolver más tarde.</translation>
</message>
<message>
<source>Planning</source>
<translation>Planificación</translation>
</message>
<message>
<source>Planning …</source>
<translation>Planificando …</translation>
</message>
<message>
<source>Previous photo</source>
<translation>Foto anterior</translation>
</message>
<message>
<source>Progress</source>
<translation>Progreso</translation>
</message>
<message>
<source>Progress of the training</source>
<translation>Progreso del entrenamiento</translation>
</message>
<message>
<source>Put them back</source>
<translation>Devolverlas a su sitio</translation>
</message>
<message>
<source>Put these photos back</source>
<translation>Devolver estas fotos a su sitio</translation>
</message>
<message>
<source>Putting back</source>
<translation>Devolución</translation>
</message>
<message>
<source>Putting back …</source>
<translation>Devolviendo …</translation>
</message>
<message>
<source>Quit</source>
<translation>Salir</translation>
</message>
<message>
<source>Reading it takes more than {1} seconds, so it was not read.</source>
<translation>Leerlo lleva más de {1} segundos, así que no se leyó.</translation>
</message>
<message>
<source>Reading the corrections …</source>
<translation>Leyendo las correcciones …</translation>
</message>
<message>
<source>Reading the history …</source>
<translation>Leyendo el historial …</translation>
</message>
<message>
<source>Recent folders</source>
<translation>Últimas carpetas</translation>
</message>
<message>
<source>Redo</source>
<translation>Rehacer</translation>
</message>
<message>
<source>Remove the selected corrections; the photos stay</source>
<translation>Retirar las correcciones seleccionadas; las fotos se quedan</translation>
</message>
<message>
<source>Remove your correction, also one from an earlier day</source>
<translation>Retirar tu corrección, también una de otro día</translation>
</message>
<message>
<source>Report made</source>
<translation>Informe del</translation>
</message>
<message>
<source>Restore all files of this run</source>
<translation>Devolver a su sitio todo lo de esta operación</translation>
</message>
<message>
<source>Review</source>
<translation>Revisar</translation>
</message>
<message>
<source>Review, least sure first</source>
<translation>Revisar, las menos seguras primero</translation>
</message>
<message>
<source>Run `catdog-sort cache clear`; photos are then classified again.</source>
<translation>Ejecuta `catdog-sort cache clear`; las fotos se clasifican entonces de nuevo.</translation>
</message>
<message>
<source>Run pip install 'catdog-sorter[video]' first.</source>
<translation>Ejecuta antes pip install 'catdog-sorter[video]'.</translation>
</message>
<message>
<source>Run {number}</source>
<translation>Operación {number}</translation>
</message>
<message>
<source>Save report</source>
<translation>Guardar el informe</translation>
</message>
<message>
<source>Save report …</source>
<translation>Guardar el informe …</translation>
</message>
<message>
<source>Save what is shown as a table</source>
<translation>Guardar lo que se muestra como tabla</translation>
</message>
<message>
<source>Search by name</source>
<translation>Buscar por nombre</translation>
</message>
<message>
<source>Search names and folders</source>
<translation>Buscar nombres y carpetas</translation>
</message>
<message>
<source>Search there too</source>
<translation>Buscar también ahí</translation>
</message>
<message>
<source>See what would go where, then move it (Ctrl+Return)</source>
<translation>Ver qué iría adónde, y después moverlo (Ctrl+Intro)</translation>
</message>
<message>
<source>Select all photos</source>
<translation>Seleccionar todas las fotos</translation>
</message>
<message>
<source>Send one photo a request.</source>
<translation>Envía una foto por petición.</translation>
</message>
<message>
<source>Settings</source>
<translation>Configuración</translation>
</message>
<message>
<source>Settings …</source>
<translation>Configuración …</translation>
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
<translation>Ver las clasificaciones anteriores y deshacerlas (Ctrl+H)</translation>
</message>
<message>
<source>Show in its folder</source>
<translation>Mostrar en su carpeta</translation>
</message>
<message>
<source>Show only these photos</source>
<translation>Mostrar solo estas fotos</translation>
</message>
<message>
<source>Show them</source>
<translation>Mostrarlas</translation>
</message>
<message>
<source>Show what failed</source>
<translation>Mostrar los fallos</translation>
</message>
<message>
<source>Size</source>
<translation>Tamaño</translation>
</message>
<message>
<source>Size of the pictures</source>
<translation>Tamaño de las imágenes</translation>
</message>
<message>
<source>Some of its photos</source>
<translation>Algunas de sus fotos</translation>
</message>
<message>
<source>Something went wrong in the window ({error}). No photo was lost; please report it.</source>
<translation>Algo ha fallado en la ventana ({error}). No se ha perdido ninguna foto; por favor, comunica el error.</translation>
</message>
<message>
<source>Sort</source>
<translation>Ordenar</translation>
</message>
<message>
<source>Sort that folder again …</source>
<translation>Volver a ordenar esa carpeta …</translation>
</message>
<message>
<source>Sort …</source>
<translation>Ordenar …</translation>
</message>
<message>
<source>Sorted</source>
<translation>Ordenado</translation>
</message>
<message>
<source>Sorting</source>
<translation>Ordenando</translation>
</message>
<message>
<source>Space</source>
<translation>Espacio</translation>
</message>
<message>
<source>Standard</source>
<translation>Estándar</translation>
</message>
<message>
<source>Stop</source>
<translation>Detener</translation>
</message>
<message>
<source>Stop and close</source>
<translation>Detener y cerrar</translation>
</message>
<message>
<source>Stop safely; everything done so far is kept</source>
<translation>Detener en el próximo punto seguro; lo hecho queda hecho</translation>
</message>
<message>
<source>Stop watching</source>
<translation>Dejar de vigilar</translation>
</message>
<message>
<source>Stopped before it was decoded.</source>
<translation>Se detuvo antes de decodificarla.</translation>
</message>
<message>
<source>Stopped.</source>
<translation>Detenido.</translation>
</message>
<message>
<source>Stopping …</source>
<translation>Deteniendo …</translation>
</message>
<message>
<source>Table (*.csv)</source>
<translation>Tabla (*.csv)</translation>
</message>
<message>
<source>Tag</source>
<translation>Escribir palabras clave</translation>
</message>
<message>
<source>Takes effect at the next start of the window</source>
<translation>A partir del próximo inicio de la ventana</translation>
</message>
<message>
<source>That is not the token.</source>
<translation>Ese no es el token.</translation>
</message>
<message>
<source>That program will no longer find photos that are moved: {folders}</source>
<translation>Ese programa echará en falta las fotos movidas: {folders}</translation>
</message>
<message>
<source>That was the last photo.</source>
<translation>Era la última foto.</translation>
</message>
<message>
<source>The body is not a multipart form.</source>
<translation>El cuerpo no es un formulario multipart.</translation>
</message>
<message>
<source>The clipboard holds no photos. Copy files or folders first.</source>
<translation>El portapapeles no contiene fotos. Copia antes archivos o carpetas.</translation>
</message>
<message>
<source>The copy of '{1}' reads back differently, so the original was kept. Check the drive of '{2}' for errors.</source>
<translation>La copia de «{1}» se lee distinta, así que se conservó el original. Comprueba si la unidad de «{2}» tiene errores.</translation>
</message>
<message>
<source>The drive is full. Free some space and try again.</source>
<translation>La unidad está llena. Libera espacio y vuelve a intentarlo.</translation>
</message>
<message>
<source>The drive is read-only. Copy instead of moving, into a folder elsewhere.</source>
<translation>La unidad es de solo lectura. Copia en lugar de mover, a una carpeta en otro sitio.</translation>
</message>
<message>
<source>The drive reports an error. Check its cable and its health before you continue.</source>
<translation>La unidad informa de un error. Comprueba el cable y su estado antes de seguir.</translation>
</message>
<message>
<source>The drive reports its name and others as taken, although no files have them. Check the drive for errors.</source>
<translation>La unidad dice que ese nombre y otros están ocupados, aunque nada los usa. Comprueba si la unidad tiene errores.</translation>
</message>
<message>
<source>The file does not hold a picture that can be shown.</source>
<translation>El archivo no contiene una imagen que se pueda mostrar.</translation>
</message>
<message>
<source>The file is empty.</source>
<translation>El archivo está vacío.</translation>
</message>
<message>
<source>The folder '{1}' was replaced after the photos were read, so they were left alone. Try again.</source>
<translation>La carpeta «{1}» se reemplazó o se quitó después de leer las fotos, así que no se han tocado. Inténtalo de nuevo.</translation>
</message>
<message>
<source>The folder is no longer watched. {reason}</source>
<translation>La carpeta ya no se vigila. {reason}</translation>
</message>
<message>
<source>The form holds no photo, too many, or something else.</source>
<translation>El formulario no contiene ninguna foto, contiene demasiadas u otra cosa.</translation>
</message>
<message>
<source>The form is malformed.</source>
<translation>El formulario está mal formado.</translation>
</message>
<message>
<source>The interface for programs</source>
<translation>La interfaz para programas</translation>
</message>
<message>
<source>The lock file '{1}' cannot be used ({2}), so nothing was moved. Set CATDOG_SORTER_HOME to a folder on a local drive that you can write to.</source>
<translation>No se puede usar el archivo de bloqueo «{1}» ({2}), así que no se movió nada. Pon en CATDOG_SORTER_HOME una carpeta de una unidad local en la que puedas escribir.</translation>
</message>
<message>
<source>The name would be too long there. Choose a folder with a shorter path.</source>
<translation>El nombre sería demasiado largo allí. Elige una carpeta con una ruta más corta.</translation>
</message>
<message>
<source>The new model was saved, but the two models could not be compared.</source>
<translation>El nuevo modelo está listo, pero no se han podido comparar los dos.</translation>
</message>
<message>
<source>The original '{1}' no longer exists, so the file made from it was kept.</source>
<translation>El original «{1}» ya no está, así que se conserva lo que se hizo con él.</translation>
</message>
<message>
<source>The original '{1}' was changed since; the copy may be the only one of the earlier version.</source>
<translation>El original «{1}» cambió desde entonces; la copia puede ser la única de la versión anterior.</translation>
</message>
<message>
<source>The part of the program that reads photos stopped unexpectedly, perhaps because of a damaged photo. No photo was lost. Classify again to continue.</source>
<translation>La parte del programa que lee las fotos se ha detenido inesperadamente, quizá por una foto dañada. No se ha perdido ninguna foto. Vuelve a analizar para continuar.</translation>
</message>
<message>
<source>The photo is too large for this service.</source>
<translation>La foto es demasiado grande para este servicio.</translation>
</message>
<message>
<source>The photos could not be classified in time.</source>
<translation>Las fotos no se pudieron clasificar a tiempo.</translation>
</message>
<message>
<source>The photos did not arrive in time.</source>
<translation>Las fotos no llegaron a tiempo.</translation>
</message>
<message>
<source>The photos stay where they are; keywords are written beside them (XMP).</source>
<translation>Las fotos se quedan donde están; las palabras clave se escriben junto a ellas (XMP).</translation>
</message>
<message>
<source>The picture is cut off: the end of the file is missing.</source>
<translation>La imagen está cortada: falta el final del archivo.</translation>
</message>
<message>
<source>The picture is damaged or cut off: only its first bytes can be read.</source>
<translation>La imagen está dañada o cortada: solo sus primeros bytes tienen sentido.</translation>
</message>
<message>
<source>The picture is damaged, or made in a way this program cannot decode ({1}).</source>
<translation>La imagen está dañada o hecha de un modo que este programa no puede decodificar ({1}).</translation>
</message>
<message>
<source>The process that decodes photos could not be started ({1}). Close other programs and try again, or install catdog-sorter again in a fresh environment.</source>
<translation>No se pudo iniciar la parte del programa que decodifica fotos ({1}). Cierra otros programas e inténtalo de nuevo, o reinstala catdog-sorter en un entorno nuevo.</translation>
</message>
<message>
<source>The report is saved: {file}</source>
<translation>El informe está guardado: {file}</translation>
</message>
<message>
<source>The report {1} cannot be written ({2}). Give another place for it, or make room.</source>
<translation>No se puede escribir el informe {1} ({2}). Indica otro lugar o libera espacio.</translation>
</message>
<message>
<source>The request is too large.</source>
<translation>La petición es demasiado grande.</translation>
</message>
<message>
<source>The service does not answer.</source>
<translation>El servicio no responde.</translation>
</message>
<message>
<source>The service is at capacity. Retry in a second.</source>
<translation>El servicio está al límite. Inténtalo de nuevo en un segundo.</translation>
</message>
<message>
<source>The service took too long.</source>
<translation>El servicio ha tardado demasiado.</translation>
</message>
<message>
<source>The system does not permit it. Check the permissions, or copy instead.</source>
<translation>El sistema no lo permite. Comprueba los permisos o copia en su lugar.</translation>
</message>
<message>
<source>The system reports: {1}.</source>
<translation>El sistema dice: {1}.</translation>
</message>
<message>
<source>The target drive does not accept the name '{1}', or the folder was just removed. Rename the photo, or sort again.</source>
<translation>La unidad de destino no admite el nombre «{1}» o acaba de perder esa carpeta. Renómbrala u ordena de nuevo.</translation>
</message>
<message>
<source>The target drive does not support this. Copy instead.</source>
<translation>La unidad de destino no lo admite. Copia en su lugar.</translation>
</message>
<message>
<source>The token is missing or wrong.</source>
<translation>Falta el token o es incorrecto.</translation>
</message>
<message>
<source>The training is still running. Press Stop to end it.</source>
<translation>El entrenamiento sigue. Pulsa «Detener» para terminarlo.</translation>
</message>
<message>
<source>The video is damaged or cut off, or made in a way this program cannot decode.</source>
<translation>El vídeo está dañado o cortado, o hecho de un modo que este programa no puede decodificar.</translation>
</message>
<message>
<source>The video is damaged or cut off: too few of its frames can be decoded.</source>
<translation>El vídeo está dañado o cortado: se pueden decodificar muy pocos fotogramas.</translation>
</message>
<message>
<source>The {1} is damaged: decoding it fails ({2}).</source>
<translation>{1}: está dañado; falla al decodificarlo ({2}).</translation>
</message>
<message>
<source>The {1} of {2} could not be kept on another drive.</source>
<translation>No se pudo conservar en otra unidad: {1} de {2}.</translation>
</message>
<message>
<source>There is not enough memory to decode it.</source>
<translation>Falta memoria para decodificarla.</translation>
</message>
<message>
<source>There is nothing to report until photos are classified.</source>
<translation>No hay nada que informar mientras no se hayan analizado fotos.</translation>
</message>
<message>
<source>There is nothing to sort.</source>
<translation>No hay nada que ordenar.</translation>
</message>
<message>
<source>This camera RAW file holds no preview of a useful size. Run `pip install 'catdog-sorter[raw]'` to decode it.</source>
<translation>Este archivo RAW no contiene una vista previa de tamaño útil. Ejecuta `pip install 'catdog-sorter[raw]'` para revelarlo.</translation>
</message>
<message>
<source>This camera RAW file is damaged, or from a camera too new for the decoder. `pip install --upgrade rawpy` may help.</source>
<translation>Este archivo RAW está dañado o es de una cámara demasiado nueva para el decodificador. `pip install --upgrade rawpy` puede ayudar.</translation>
</message>
<message>
<source>This folder cannot be opened: {1}.</source>
<translation>No se puede abrir esta carpeta: {1}.</translation>
</message>
<message>
<source>This model has no results for parts of a photo.</source>
<translation>Este modelo solo lee una foto entera, así que no hay partes que mostrar.</translation>
</message>
<message>
<source>This page draws its photos with a script of its own; allow it to run to see them.</source>
<translation>Esta página muestra sus fotos con un script propio; permite que se ejecute para verlas.</translation>
</message>
<message>
<source>This photo has the model's label already: you have not corrected it.</source>
<translation>Ya vale lo que dice el modelo: no has corregido esta foto.</translation>
</message>
<message>
<source>This service asks for its token:</source>
<translation>Este servicio pide su token:</translation>
</message>
<message>
<source>This service is for the computer it runs on. Call it localhost, or start it with a token.</source>
<translation>Este servicio es para el equipo en el que se ejecuta. Llámalo localhost o inícialo con un token.</translation>
</message>
<message>
<source>This service needs its token. Send the header `Authorization: Bearer TOKEN`.</source>
<translation>Este servicio necesita su token. Envía la cabecera `Authorization: Bearer TOKEN`.</translation>
</message>
<message>
<source>Too little room in {folder}: {needed} are needed, {free} are free.</source>
<translation>Falta espacio en {folder}: se necesitan {needed}, hay {free} libres.</translation>
</message>
<message>
<source>Train a model with the photos you have corrected</source>
<translation>Entrenar un modelo con las fotos que has corregido</translation>
</message>
<message>
<source>Trains a new model, “{name}”, on {photos} you have corrected and on those you have sorted, so check the sorted folders first. A few hundred photos take some minutes; you can keep using the window. The current model stays in use until you choose the new one.</source>
<translation>Entrena un modelo nuevo, «{name}», con {photos} que has corregido y con las que has ordenado; por eso, revisa antes las carpetas ordenadas. Unos cientos de fotos tardan unos minutos; la ventana se puede seguir usando. El modelo actual se queda como está hasta que elijas.</translation>
</message>
<message>
<source>Try it with these photos</source>
<translation>Probar con estas fotos</translation>
</message>
<message>
<source>Undo</source>
<translation>Deshacer</translation>
</message>
<message>
<source>Undo {step}</source>
<translation>Deshacer: {step}</translation>
</message>
<message>
<source>Unexpected error ({1}: {2}). No photo was lost; try again and report it if it persists.</source>
<translation>Error inesperado ({1}: {2}). No se perdió ninguna foto; inténtalo de nuevo y avisa si continúa.</translation>
</message>
<message>
<source>Use the new model</source>
<translation>Usar el modelo nuevo</translation>
</message>
<message>
<source>Use the values that the model came with</source>
<translation>Usar los valores que vienen con el modelo</translation>
</message>
<message>
<source>Uses copies of them; your own photos are not touched</source>
<translation>Son copias; no se toca nada tuyo</translation>
</message>
<message>
<source>Videos need PyAV, which is not installed. Run `pip install 'catdog-sorter[video]'`.</source>
<translation>Los vídeos necesitan un complemento. Ejecuta `pip install 'catdog-sorter[video]'`.</translation>
</message>
<message>
<source>Videos passed over: {n}. The settings can include them.</source>
<translation>Vídeos omitidos: {n}. Los ajustes permiten incluirlos.</translation>
</message>
<message>
<source>Watch</source>
<translation>Vigilar</translation>
</message>
<message>
<source>Watch a folder</source>
<translation>Vigilar una carpeta</translation>
</message>
<message>
<source>Watch a folder …</source>
<translation>Vigilar una carpeta …</translation>
</message>
<message>
<source>Watching {folder}: {photos} sorted so far, {failed} could not be sorted.</source>
<translation>Vigilando {folder}: hasta ahora {photos} en su sitio, sin poder ordenar: {failed}.</translation>
</message>
<message>
<source>Watching {folder}: {photos} sorted so far.</source>
<translation>Vigilando {folder}: hasta ahora {photos} en su sitio.</translation>
</message>
<message>
<source>What a run would do</source>
<translation>Lo que haría una operación</translation>
</message>
<message>
<source>What goes where</source>
<translation>Qué va adónde</translation>
</message>
<message>
<source>What the photos show</source>
<translation>Lo que muestran las fotos</translation>
</message>
<message>
<source>What to do</source>
<translation>Qué hacer</translation>
</message>
<message>
<source>Where</source>
<translation>Dónde</translation>
</message>
<message>
<source>Where the model looks</source>
<translation>Dónde mira el modelo</translation>
</message>
<message>
<source>Where the model looks ({key})</source>
<translation>Dónde mira el modelo ({key})</translation>
</message>
<message>
<source>Where to make the folders</source>
<translation>Dónde crear las carpetas</translation>
</message>
<message>
<source>With {n} companion files</source>
<translation>Archivos acompañantes que van con ellas: {n}</translation>
</message>
<message>
<source>Write keywords</source>
<translation>Escribir palabras clave</translation>
</message>
<message>
<source>Writing the report</source>
<translation>Escribiendo el informe</translation>
</message>
<message>
<source>You have not corrected any photo yet. Select photos and press C, D, B or N.</source>
<translation>Aún no has corregido ninguna foto. Selecciona fotos y pulsa C, D, B o N.</translation>
</message>
<message>
<source>You trained or added it.</source>
<translation>Lo entrenaste o añadiste tú.</translation>
</message>
<message>
<source>Your quota on this drive is used up. Free some space and try again.</source>
<translation>Tu cuota en esta unidad está agotada. Libera espacio y vuelve a intentarlo.</translation>
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
<translation>Reducir</translation>
</message>
<message>
<source>Zoom out (Ctrl+-)</source>
<translation>Reducir (Ctrl+-)</translation>
</message>
<message>
<source>a link leads here: {link}</source>
<translation>un enlace lleva aquí: {link}</translation>
</message>
<message>
<source>access control list</source>
<translation>lista de control de acceso</translation>
</message>
<message>
<source>all</source>
<translation>todas</translation>
</message>
<message>
<source>already there with the same content</source>
<translation>ya están allí con el mismo contenido</translation>
</message>
<message>
<source>also photos another program keeps a database of</source>
<translation>también las fotos de la base de datos de otro programa</translation>
</message>
<message>
<source>also photos that links lead to</source>
<translation>también las fotos a las que llevan enlaces</translation>
</message>
<message>
<source>arrived later</source>
<translation>llegó después</translation>
</message>
<message>
<source>as a list</source>
<translation>como lista</translation>
</message>
<message>
<source>as found</source>
<translation>orden original</translation>
</message>
<message>
<source>as the system</source>
<translation>como el sistema</translation>
</message>
<message>
<source>both</source>
<translation>ambos</translation>
</message>
<message>
<source>by name</source>
<translation>por nombre</translation>
</message>
<message>
<source>cat</source>
<translation>gato</translation>
</message>
<message>
<source>cat or dog: at least {present}, neither: at most {absent}</source>
<translation>gato o perro: al menos {present}, ninguno: como mucho {absent}</translation>
</message>
<message>
<source>cat {cat}, dog {dog}</source>
<translation>gato {cat}, perro {dog}</translation>
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
<translation>corregidas</translation>
</message>
<message>
<source>dark</source>
<translation>oscuro</translation>
</message>
<message>
<source>dog</source>
<translation>perro</translation>
</message>
<message>
<source>done</source>
<translation>terminado</translation>
</message>
<message>
<source>extended attributes</source>
<translation>atributos extendidos</translation>
</message>
<message numerus="yes">
<source>failed</source>
<translation>
<numerusform>error</numerusform>
<numerusform>error</numerusform>
</translation>
</message>
<message>
<source>found by symbolic links</source>
<translation>encontradas por enlaces simbólicos</translation>
</message>
<message>
<source>from</source>
<translation>desde</translation>
</message>
<message>
<source>hard links</source>
<translation>enlaces duros</translation>
</message>
<message>
<source>have these keywords already</source>
<translation>ya tienen estas palabras clave</translation>
</message>
<message>
<source>in a folder that another program keeps a database of</source>
<translation>en una carpeta de la que otro programa lleva una base de datos</translation>
</message>
<message>
<source>in another folder …</source>
<translation>en otra carpeta …</translation>
</message>
<message>
<source>in the folder you added</source>
<translation>en la carpeta añadida</translation>
</message>
<message>
<source>in the review</source>
<translation>en la revisión</translation>
</message>
<message>
<source>in the right folder already</source>
<translation>ya en la carpeta correcta</translation>
</message>
<message>
<source>in {folder}</source>
<translation>en {folder}</translation>
</message>
<message>
<source>incomplete file</source>
<translation>archivo incompleto</translation>
</message>
<message>
<source>interrupted</source>
<translation>interrumpido</translation>
</message>
<message>
<source>its photo was sorted earlier, and is gone or changed since</source>
<translation>su foto se ordenó antes y desde entonces falta o ha cambiado</translation>
</message>
<message>
<source>keywords: {words}</source>
<translation>palabras clave: {words}</translation>
</message>
<message>
<source>label</source>
<translation>etiqueta</translation>
</message>
<message>
<source>late companions too ({files})</source>
<translation>también archivos acompañantes que llegaron después ({files})</translation>
</message>
<message>
<source>least sure first</source>
<translation>menos seguras primero</translation>
</message>
<message numerus="yes">
<source>left</source>
<translation>
<numerusform>se queda</numerusform>
<numerusform>se quedan</numerusform>
</translation>
</message>
<message>
<source>light</source>
<translation>claro</translation>
</message>
<message numerus="yes">
<source>linked</source>
<translation>
<numerusform>enlazada</numerusform>
<numerusform>enlazadas</numerusform>
</translation>
</message>
<message>
<source>model's label ({key})</source>
<translation>como dice el modelo ({key})</translation>
</message>
<message>
<source>most sure first</source>
<translation>más seguras primero</translation>
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
<translation>ninguno</translation>
</message>
<message>
<source>neither or unsure</source>
<translation>ninguno o dudoso</translation>
</message>
<message>
<source>no picture</source>
<translation>sin imagen</translation>
</message>
<message>
<source>none: these photos stay where they are</source>
<translation>ninguna: estas fotos se quedan donde están</translation>
</message>
<message>
<source>only the {photos} selected</source>
<translation>solo la selección ({photos})</translation>
</message>
<message>
<source>owner</source>
<translation>propietario</translation>
</message>
<message>
<source>partly undone</source>
<translation>deshecho en parte</translation>
</message>
<message>
<source>permissions</source>
<translation>permisos</translation>
</message>
<message>
<source>photos.html</source>
<translation>fotos.html</translation>
</message>
<message numerus="yes">
<source>planned</source>
<translation>
<numerusform>prevista</numerusform>
<numerusform>previstas</numerusform>
</translation>
</message>
<message numerus="yes">
<source>put back</source>
<translation>
<numerusform>devuelta</numerusform>
<numerusform>devueltas</numerusform>
</translation>
</message>
<message numerus="yes">
<source>skipped</source>
<translation>
<numerusform>omitida</numerusform>
<numerusform>omitidas</numerusform>
</translation>
</message>
<message numerus="yes">
<source>sorted</source>
<translation>
<numerusform>ordenada</numerusform>
<numerusform>ordenadas</numerusform>
</translation>
</message>
<message>
<source>state</source>
<translation>estado</translation>
</message>
<message>
<source>stay</source>
<translation>se quedan</translation>
</message>
<message numerus="yes">
<source>tagged</source>
<translation>
<numerusform>etiquetada</numerusform>
<numerusform>etiquetadas</numerusform>
</translation>
</message>
<message>
<source>that symbolic links lead to</source>
<translation>a las que llevan enlaces simbólicos</translation>
</message>
<message>
<source>time</source>
<translation>fecha</translation>
</message>
<message>
<source>to</source>
<translation>a</translation>
</message>
<message>
<source>undo interrupted</source>
<translation>deshacer interrumpido</translation>
</message>
<message>
<source>undone</source>
<translation>deshecho</translation>
</message>
<message>
<source>unreadable</source>
<translation>ilegible</translation>
</message>
<message>
<source>unsure</source>
<translation>dudoso</translation>
</message>
<message>
<source>unsure: not confident enough to sort</source>
<translation>dudoso: no es lo bastante seguro para ordenar</translation>
</message>
<message>
<source>unticked</source>
<translation>desmarcadas</translation>
</message>
<message>
<source>video at {moment}</source>
<translation>vídeo en {moment}</translation>
</message>
<message>
<source>videos</source>
<translation>vídeos</translation>
</message>
<message>
<source>waiting</source>
<translation>pendiente</translation>
</message>
<message>
<source>what</source>
<translation>qué</translation>
</message>
<message>
<source>when</source>
<translation>cuándo</translation>
</message>
<message>
<source>where it was</source>
<translation>dónde estaba</translation>
</message>
<message>
<source>whose folder is a link out of the target; choose the real folder as the target</source>
<translation>cuya carpeta es un enlace que sale del destino; elige la carpeta real como destino</translation>
</message>
<message>
<source>whose sidecar cannot be changed</source>
<translation>cuyo archivo sidecar no se puede ampliar</translation>
</message>
<message>
<source>without sub-folders</source>
<translation>sin subcarpetas</translation>
</message>
<message>
<source>your folder</source>
<translation>tu carpeta</translation>
</message>
<message>
<source>{1} Files moved with it could not be moved back: {2} Undo the run to try that again.</source>
<translation>{1} No se pudieron devolver archivos que se movieron con ella: {2} Deshaz lo ordenado para intentarlo de nuevo.</translation>
</message>
<message>
<source>{1} TIFF{2} is not supported.</source>
<translation>{1} TIFF{2} no es compatible.</translation>
</message>
<message>
<source>{1} are not supported. Export this one as JPEG, PNG or TIFF.</source>
<translation>{1} no son compatibles. Exporta como JPEG, PNG o TIFF.</translation>
</message>
<message>
<source>{1} cannot be read: permission denied. Give yourself read permission.</source>
<translation>No se puede mirar {1}: permiso denegado. Date permiso de lectura.</translation>
</message>
<message>
<source>{1} does not exist. Check the spelling, or give another path.</source>
<translation>No existe {1}. Comprueba cómo está escrito o indica otra ruta.</translation>
</message>
<message>
<source>{1} is a photo manager's library or another program's document; moving photos inside would break it. Export the photos to a folder and sort that.</source>
<translation>{1} es la biblioteca de un gestor de fotos o el documento de otro programa; mover fotos ahí dentro lo estropearía. Exporta las fotos a una carpeta y ordénala.</translation>
</message>
<message>
<source>{1} is named like a file that belongs to {2}, and would be moved with it. Choose another file.</source>
<translation>{1} se llama como un archivo que pertenece a {2} y se movería con él. Elige otro archivo.</translation>
</message>
<message>
<source>{1} is named like a photo. Choose another file.</source>
<translation>{1} se llama como una foto. Elige otro archivo.</translation>
</message>
<message>
<source>{1} is not supported. Export this one as JPEG, PNG or TIFF.</source>
<translation>{1} no es compatible. Exporta esta foto como JPEG, PNG o TIFF.</translation>
</message>
<message>
<source>{1}, or leave out --videos.</source>
<translation>{1}, o quita --videos.</translation>
</message>
<message>
<source>{do} {photos}</source>
<translation>{do} {photos}</translation>
</message>
<message numerus="yes">
<source>{files} put back.</source>
<translation>
<numerusform>{files} devuelto a su sitio.</numerusform>
<numerusform>{files} devueltos a su sitio.</numerusform>
</translation>
</message>
<message numerus="yes">
<source>{files} stay where they are:</source>
<translation>
<numerusform>{files} se queda donde está:</numerusform>
<numerusform>{files} se quedan donde están:</numerusform>
</translation>
</message>
<message>
<source>{label} to {folder}</source>
<translation>{label} a {folder}</translation>
</message>
<message>
<source>{label}, corrected by you</source>
<translation>{label}, corregido por ti</translation>
</message>
<message>
<source>{label}, {share} sure</source>
<translation>{label}, seguro al {share}</translation>
</message>
<message>
<source>{label}: {number}</source>
<translation>{label}: {number}</translation>
</message>
<message>
<source>{label}: {photos} to “{folder}”</source>
<translation>{label}: {photos} a «{folder}»</translation>
</message>
<message>
<source>{label}: {photos}, {keywords}</source>
<translation>{label}: {photos}, {keywords}</translation>
</message>
<message>
<source>{name}, stays: unticked</source>
<translation>{name}, se queda: desmarcada</translation>
</message>
<message>
<source>{name}, to {target}</source>
<translation>{name}, a {target}</translation>
</message>
<message>
<source>{name}: {label}, corrected by you</source>
<translation>{name}: {label}, corregido por ti</translation>
</message>
<message>
<source>{name}: {label}, {share} sure</source>
<translation>{name}: {label}, seguro al {share}</translation>
</message>
<message numerus="yes">
<source>{number} files</source>
<translation>
<numerusform>{number} archivo</numerusform>
<numerusform>{number} archivos</numerusform>
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
<translation>corregidas por ti: {n}</translation>
</message>
<message>
<source>{n} failed</source>
<translation>con error: {n}</translation>
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
<translation>{n} de {total} respondidas. Ninguna se conserva.</translation>
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
<translation>ordenadas: {n}</translation>
</message>
<message>
<source>{photos} corrected by you. A correction applies wherever the photo is.</source>
<translation>Tus correcciones: {photos}. Una corrección vale esté donde esté la foto.</translation>
</message>
<message>
<source>{photos} could not be read. The most common reason: {reason}</source>
<translation>Ilegibles: {photos}. El motivo más frecuente: {reason}</translation>
</message>
<message numerus="yes">
<source>{photos} could not be {done}:</source>
<translation>
<numerusform>{photos} no pudo ser {done}:</numerusform>
<numerusform>{photos} no pudieron ser {done}:</numerusform>
</translation>
</message>
<message numerus="yes">
<source>{photos} marked {label}</source>
<translation>
<numerusform>{photos} etiquetada: {label}</numerusform>
<numerusform>{photos} etiquetadas: {label}</numerusform>
</translation>
</message>
<message>
<source>{photos} to {folder}</source>
<translation>{photos} a {folder}</translation>
</message>
<message>
<source>{photos} with the model's label</source>
<translation>{photos} como dice el modelo</translation>
</message>
<message>
<source>{photos} {done}</source>
<translation>{photos} {done}</translation>
</message>
<message>
<source>{program} keeps a database of {folder}, and would miss photos that are moved. Copying, or writing keywords, leaves it intact.</source>
<translation>{program} mantiene una base de datos de {folder} y no encontraría las fotos movidas. Copiar o escribir palabras clave la deja intacta.</translation>
</message>
<message>
<source>{source}
to {target}</source>
<translation>{source}
a {target}</translation>
</message>
<message>
<source>{text}, incomplete file</source>
<translation>{text}, archivo incompleto</translation>
</message>
<message>
<source>{title}: {done} of {total}, {rate} a second, {left} left</source>
<translation>{title}: {done} de {total}, {rate} por segundo, quedan {left}</translation>
</message>
<message>
<source>{title}: {done} so far, {rate} a second</source>
<translation>{title}: {done} hasta ahora, {rate} por segundo</translation>
</message>
<message>
<source>“{name}” is not a valid folder name. Give a name below the target folder.</source>
<translation>«{name}» no es un nombre de carpeta válido. Indica un nombre dentro de la carpeta de destino.</translation>
</message>
<message>
<source>… and to other folders</source>
<translation>… y a más carpetas</translation>
</message>
<message>
<source>← → step · Z 100% · F11 full screen</source>
<translation>← → recorrer · Z 100 % · F11 pantalla completa</translation>
</message>
<message>
<source>◂ Back to the photos</source>
<translation>◂ Volver a las fotos</translation>
</message>
<message>
<source>✓ by you</source>
<translation>✓ por ti</translation>
</message>
</context>
</TS>
