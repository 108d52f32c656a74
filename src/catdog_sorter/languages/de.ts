<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="de" sourcelanguage="en">
<context>
<name>catdog-sorter</name>
<message>
<source>&amp;Edit</source>
<translation>&amp;Bearbeiten</translation>
</message>
<message>
<source>&amp;File</source>
<translation>&amp;Datei</translation>
</message>
<message>
<source>&amp;Help</source>
<translation>&amp;Hilfe</translation>
</message>
<message>
<source>&amp;Photo</source>
<translation>&amp;Foto</translation>
</message>
<message>
<source>&amp;View</source>
<translation>&amp;Ansicht</translation>
</message>
<message>
<source>'{1}' cannot be opened or written ({2}). Check that its folder exists, is not read-only and belongs to you, or set CATDOG_SORTER_HOME to a folder you can write to.</source>
<translation>„{1}“ kann nicht geöffnet oder geschrieben werden ({2}). Prüfen, ob der Ordner existiert, nicht schreibgeschützt ist und Ihnen gehört, oder CATDOG_SORTER_HOME auf einen beschreibbaren Ordner setzen.</translation>
</message>
<message>
<source>'{1}' cannot be written: the drive is full. Free some space and try again.</source>
<translation>„{1}“ kann nicht geschrieben werden: Das Laufwerk ist voll. Platz schaffen und erneut versuchen.</translation>
</message>
<message>
<source>'{1}' changed while it was being sorted, so it was left alone. Sort again when no other program writes to it.</source>
<translation>„{1}“ hat sich während des Sortierens geändert und wurde deshalb nicht angetastet. Erneut sortieren, wenn kein anderes Programm darauf schreibt.</translation>
</message>
<message>
<source>'{1}' is a link or not a regular file, so it was left alone.</source>
<translation>„{1}“ ist eine Verknüpfung oder keine gewöhnliche Datei und wurde deshalb nicht angetastet.</translation>
</message>
<message>
<source>'{1}' is damaged ({2}). {3}</source>
<translation>„{1}“ ist beschädigt ({2}). {3}</translation>
</message>
<message>
<source>'{1}' is in use by another program. Wait for it to finish and try again.</source>
<translation>„{1}“ wird von einem anderen Programm benutzt. Warten, bis es fertig ist, und erneut versuchen.</translation>
</message>
<message>
<source>'{1}' is now a link, which could lead anywhere, so nothing was put there. Remove it and try again.</source>
<translation>„{1}“ ist jetzt eine Verknüpfung, die irgendwohin führen könnte; deshalb wurde dort nichts abgelegt. Sie entfernen und erneut versuchen.</translation>
</message>
<message>
<source>'{1}' was changed after it was sorted.</source>
<translation>„{1}“ wurde nach dem Sortieren geändert.</translation>
</message>
<message>
<source>'{1}' was changed or replaced after it was read, so it was left alone. Sort again.</source>
<translation>„{1}“ wurde nach dem Lesen geändert oder ersetzt und deshalb nicht angetastet. Erneut sortieren.</translation>
</message>
<message>
<source>'{1}' was changed or replaced after the run.</source>
<translation>„{1}“ wurde seit dem Lauf geändert oder ersetzt.</translation>
</message>
<message>
<source>'{1}' was written by a newer catdog-sorter (format {2}, this one knows {3}). Update with `pip install --upgrade catdog-sorter`.</source>
<translation>„{1}“ wurde von einem neueren catdog-sorter geschrieben (Format {2}, dieses kennt {3}). Mit `pip install --upgrade catdog-sorter` aktualisieren.</translation>
</message>
<message>
<source>... and {photos} more.</source>
<translation>... und {photos} mehr.</translation>
</message>
<message>
<source>1 file</source>
<translation>1 Datei</translation>
</message>
<message>
<source>1 photo</source>
<translation>1 Foto</translation>
</message>
<message>
<source>100%, every pixel of the photo (Z)</source>
<translation>100 %, jeder Pixel des Fotos (Z)</translation>
</message>
<message>
<source>A file is in the place of a folder it goes to. Rename that file and try again.</source>
<translation>Eine Datei liegt dort, wo der Zielordner hin soll. Jene Datei umbenennen und noch einmal versuchen.</translation>
</message>
<message>
<source>A hard link cannot reach another drive. Copy, or use symbolic links.</source>
<translation>Ein harter Link reicht nicht auf ein anderes Laufwerk. Kopieren oder symbolische Links verwenden.</translation>
</message>
<message>
<source>A job is still running. Stop it and close?</source>
<translation>Ein Vorgang läuft noch. Anhalten und schließen?</translation>
</message>
<message>
<source>Add a folder …</source>
<translation>Ordner hinzufügen …</translation>
</message>
<message>
<source>Add photos …</source>
<translation>Fotos hinzufügen …</translation>
</message>
<message>
<source>Added to the queue: {names}</source>
<translation>In der Warteschlange: {names}</translation>
</message>
<message>
<source>All photos, in a strip</source>
<translation>Alle Fotos, als Streifen</translation>
</message>
<message>
<source>An animal is present from {present}, and absent up to {absent}. Photos in between are unsure and stay where they are.</source>
<translation>Ab {present} gilt ein Tier als zu sehen, bis {absent} als nicht zu sehen. Fotos dazwischen sind unsicher und bleiben, wo sie sind.</translation>
</message>
<message>
<source>Another catdog-sort is moving photos right now. Wait until it is done, then try again.</source>
<translation>Ein anderes catdog-sort verschiebt gerade Fotos. Warten, bis es fertig ist, und dann erneut versuchen.</translation>
</message>
<message>
<source>Another program has just created its sidecar. Run the command again to add keywords to it.</source>
<translation>Ein anderes Programm hat gerade seine Begleitdatei (XMP) angelegt. Die Stichwörter erneut schreiben, um sie dort zu ergänzen.</translation>
</message>
<message>
<source>Another program has just given it these keywords.</source>
<translation>Ein anderes Programm hat ihm diese Stichwörter gerade gegeben.</translation>
</message>
<message>
<source>Another program has saved '{1}' while it was being checked; the earlier version is now '{2}'.</source>
<translation>Ein anderes Programm hat „{1}“ während der Prüfung neu gespeichert; der vorherige Stand heißt jetzt „{2}“.</translation>
</message>
<message>
<source>At capacity; retry after the seconds in Retry-After.</source>
<translation>Ausgelastet; nach den Sekunden in Retry-After erneut versuchen.</translation>
</message>
<message>
<source>Back to all photos</source>
<translation>Zurück zu allen Fotos</translation>
</message>
<message>
<source>Blue looks like a dog to the model. No part looks like a cat.</source>
<translation>Blau sieht für das Modell nach Hund aus. Nichts sieht nach Katze aus.</translation>
</message>
<message>
<source>Cancel</source>
<translation>Abbrechen</translation>
</message>
<message>
<source>Cats and dogs</source>
<translation>Katzen und Hunde</translation>
</message>
<message>
<source>Certainty needed</source>
<translation>Nötige Sicherheit</translation>
</message>
<message>
<source>Choose a folder</source>
<translation>Ordner wählen</translation>
</message>
<message>
<source>Choose a folder …</source>
<translation>Ordner wählen …</translation>
</message>
<message>
<source>Choose a photo</source>
<translation>Ein Foto wählen</translation>
</message>
<message>
<source>Choose photos</source>
<translation>Fotos wählen</translation>
</message>
<message>
<source>Choose photos …</source>
<translation>Fotos wählen …</translation>
</message>
<message>
<source>Classify the rest</source>
<translation>Die übrigen erkennen</translation>
</message>
<message>
<source>Classify the waiting photos</source>
<translation>Die wartenden Fotos erkennen</translation>
</message>
<message>
<source>Classifying</source>
<translation>Erkennen</translation>
</message>
<message>
<source>Clear</source>
<translation>Leeren</translation>
</message>
<message>
<source>Clear the window</source>
<translation>Fenster leeren</translation>
</message>
<message>
<source>Close</source>
<translation>Schließen</translation>
</message>
<message>
<source>Colour the parts of the photo that look like a cat or a dog to the model</source>
<translation>Färbt die Teile des Fotos, die für das Modell nach Katze oder Hund aussehen</translation>
</message>
<message>
<source>Colours</source>
<translation>Farben</translation>
</message>
<message>
<source>Command</source>
<translation>Befehl</translation>
</message>
<message>
<source>Comparing both models on the photos you corrected …</source>
<translation>Beide Modelle werden an den korrigierten Fotos verglichen …</translation>
</message>
<message>
<source>Computing …</source>
<translation>Das Modell wird gefragt …</translation>
</message>
<message>
<source>Continue</source>
<translation>Fortsetzen</translation>
</message>
<message>
<source>Copy</source>
<translation>Kopieren</translation>
</message>
<message>
<source>Copy path</source>
<translation>Pfad kopieren</translation>
</message>
<message>
<source>Copy the photos</source>
<translation>Fotos kopieren</translation>
</message>
<message>
<source>Corrections</source>
<translation>Korrekturen</translation>
</message>
<message>
<source>Corrections …</source>
<translation>Korrekturen …</translation>
</message>
<message>
<source>Corrections, the latest first</source>
<translation>Korrekturen, die neuesten zuerst</translation>
</message>
<message>
<source>Cross-origin request, or a Host header that does not name this computer.</source>
<translation>Anfrage von einer anderen Seite, oder ein Host-Feld, das nicht diesen Computer nennt.</translation>
</message>
<message>
<source>Cross-origin requests are refused. Open the service's own page instead.</source>
<translation>Anfragen anderer Seiten werden abgelehnt. Die eigene Seite des Dienstes öffnen.</translation>
</message>
<message>
<source>Ctrl+O</source>
<translation>Strg+O</translation>
</message>
<message>
<source>Ctrl+Shift+O</source>
<translation>Strg+Umschalt+O</translation>
</message>
<message>
<source>Default</source>
<translation>Standard</translation>
</message>
<message>
<source>Despite its name, it is {1}.</source>
<translation>Was auch immer der Name sagt, es ist {1}.</translation>
</message>
<message>
<source>Drop photos or folders here</source>
<translation>Fotos oder Ordner hierher ziehen</translation>
</message>
<message>
<source>Drop photos or folders here, or click to choose some.</source>
<translation>Fotos oder Ordner hierher ziehen oder klicken, um welche zu wählen.</translation>
</message>
<message>
<source>Each photo is classified: a cat, a dog, both, or neither?
Nothing is moved before you have seen the plan and agreed, and every sort can be undone.
Your photos never leave this computer.</source>
<translation>Jedes Foto wird eingeordnet: eine Katze, ein Hund, beides oder keines?
Nichts wird verschoben, bevor das Ziel gezeigt und bestätigt ist, und jedes Sortieren lässt sich rückgängig machen.
Die Fotos verlassen diesen Computer nie.</translation>
</message>
<message>
<source>Earlier runs, the latest first</source>
<translation>Frühere Durchläufe, die neuesten zuerst</translation>
</message>
<message>
<source>Empty the window; the photos stay on disk</source>
<translation>Das Fenster leeren; die Fotos bleiben auf dem Datenträger</translation>
</message>
<message>
<source>Enter</source>
<translation>Eingabe</translation>
</message>
<message>
<source>Escape</source>
<translation>Esc</translation>
</message>
<message>
<source>Every pixel (100%)</source>
<translation>Jeder Pixel (100 %)</translation>
</message>
<message>
<source>Everything here can be undone. Files changed since then stay where they are and are listed.</source>
<translation>Alles hier lässt sich rückgängig machen. Seitdem geänderte Dateien bleiben, wo sie sind, und werden aufgelistet.</translation>
</message>
<message>
<source>Files that arrived after their photos were sorted: {files}</source>
<translation>Dateien, die nach dem Sortieren ihrer Fotos ankamen: {files}</translation>
</message>
<message>
<source>Files that arrived later go to their photos, which were sorted earlier: {files}</source>
<translation>Später angekommene Dateien gehen zu ihren Fotos, die früher sortiert wurden: {files}</translation>
</message>
<message>
<source>Fit</source>
<translation>Einpassen</translation>
</message>
<message>
<source>Fit the picture</source>
<translation>Bild einpassen</translation>
</message>
<message>
<source>Fit the picture into the view (Ctrl+0)</source>
<translation>Das Bild in die Ansicht einpassen (Strg+0)</translation>
</message>
<message>
<source>Folder for {label}</source>
<translation>Ordner für {label}</translation>
</message>
<message>
<source>Folder to watch</source>
<translation>Zu überwachender Ordner</translation>
</message>
<message>
<source>Folders that are empty now were removed: {n}. Undo brings them back.</source>
<translation>Nun leere Ordner wurden entfernt: {n}. Rückgängig bringt sie zurück.</translation>
</message>
<message>
<source>From {folder}:</source>
<translation>Aus {folder}:</translation>
</message>
<message>
<source>Full screen</source>
<translation>Vollbild</translation>
</message>
<message>
<source>Hide this message</source>
<translation>Diese Meldung ausblenden</translation>
</message>
<message>
<source>History</source>
<translation>Verlauf</translation>
</message>
<message>
<source>History …</source>
<translation>Verlauf …</translation>
</message>
<message>
<source>In the queue: {n} more.</source>
<translation>In der Warteschlange: noch {n}.</translation>
</message>
<message>
<source>Include</source>
<translation>Einschließen</translation>
</message>
<message>
<source>Internal error.</source>
<translation>Interner Fehler.</translation>
</message>
<message>
<source>It begins with zeros only, a sign of a failed copy or memory card. Copy it again.</source>
<translation>Beginnt nur mit Nullen, wie nach einem fehlgeschlagenen Kopieren oder bei einer defekten Karte. Erneut kopieren.</translation>
</message>
<message>
<source>It belongs to a photo that was put back, but '{1}' is there.</source>
<translation>Gehört zu einem zurückgelegten Foto, aber dort liegt „{1}“.</translation>
</message>
<message>
<source>It came with the program.</source>
<translation>Gehört zum Programm.</translation>
</message>
<message>
<source>It cannot be read, so its correction cannot be stored ({1}).</source>
<translation>Kann nicht gelesen werden, um die Korrektur zu merken ({1}).</translation>
</message>
<message>
<source>It could not be decoded within {1}, so it was skipped.</source>
<translation>Konnte nicht innerhalb von {1} gelesen werden und wurde aufgegeben.</translation>
</message>
<message>
<source>It could not be read from the disk: {1}.</source>
<translation>Das Laufwerk konnte es nicht lesen: {1}.</translation>
</message>
<message>
<source>It declares a document type, which no sidecar needs and which can do harm.</source>
<translation>Enthält eine Dokumenttyp-Deklaration, die keine Begleitdatei braucht und die schaden kann.</translation>
</message>
<message>
<source>It has more than {1} streams, so it is not decoded.</source>
<translation>Enthält mehr als {1} Spuren und wird deshalb nicht gelesen.</translation>
</message>
<message>
<source>It has no video stream.</source>
<translation>Es enthält keine bewegten Bilder.</translation>
</message>
<message>
<source>It is a link that leads back to itself.</source>
<translation>Sie ist ein Link, der im Kreis führt.</translation>
</message>
<message>
<source>It is a link whose target cannot be reached.</source>
<translation>Ein Link, dessen Ziel nicht erreichbar ist.</translation>
</message>
<message>
<source>It is a video. Add --videos to include videos.</source>
<translation>Das ist ein Video. Mit --videos werden auch Videos erkannt.</translation>
</message>
<message>
<source>It is damaged, or not written in UTF-8: {1}, line {2}.</source>
<translation>Beschädigt oder nicht in UTF-8: {1}, Zeile {2}.</translation>
</message>
<message>
<source>It is larger than {1} GiB, so it is not read as a photo.</source>
<translation>Größer als {1} GiB, also kein Foto.</translation>
</message>
<message>
<source>It is larger than {1} MiB, so it was not read.</source>
<translation>Größer als {1} MiB und deshalb nicht gelesen.</translation>
</message>
<message>
<source>It is no longer at '{1}': it was moved, renamed or deleted, or its drive is not connected.</source>
<translation>Nicht mehr unter „{1}“: verschoben, umbenannt oder gelöscht, oder das Laufwerk ist nicht verbunden.</translation>
</message>
<message>
<source>It is no longer there.</source>
<translation>Nicht mehr vorhanden.</translation>
</message>
<message>
<source>It is no longer there: another program moved or deleted it.</source>
<translation>Nicht mehr da: Ein anderes Programm hat sie verschoben oder gelöscht.</translation>
</message>
<message>
<source>It is not XMP: it has no rdf:Description.</source>
<translation>Kein XMP: Es wird darin nichts beschrieben.</translation>
</message>
<message>
<source>It is not a picture in a supported format.</source>
<translation>Der Inhalt ist kein Bild in einem Format, das dieses Programm liest, auch wenn der Name es anders sagt.</translation>
</message>
<message>
<source>It is not a regular file.</source>
<translation>Sie ist keine gewöhnliche Datei.</translation>
</message>
<message>
<source>It is not a video in a supported format.</source>
<translation>Der Inhalt ist kein Video in einem Format, das dieses Programm liest, auch wenn der Name es anders sagt.</translation>
</message>
<message>
<source>It stays with '{1}'. {2}</source>
<translation>Bleibt bei „{1}“. {2}</translation>
</message>
<message>
<source>It stays with its photo. {1}</source>
<translation>Bleibt bei seinem Foto. {1}</translation>
</message>
<message>
<source>It told cat from dog correctly in {share} of its test photos.</source>
<translation>Bei {share} seiner Testfotos hat es Katze und Hund richtig unterschieden.</translation>
</message>
<message>
<source>It was moved, renamed or deleted since the run.</source>
<translation>Nicht mehr da: seit dem Durchlauf verschoben, umbenannt oder gelöscht.</translation>
</message>
<message>
<source>It was removed after its folder was listed.</source>
<translation>Sie ist weg: Beim Auflisten des Ordners war sie noch da.</translation>
</message>
<message>
<source>Its file is truncated, or has extra data at its end.</source>
<translation>Die Datei endet zu früh oder an falscher Stelle.</translation>
</message>
<message>
<source>Its folder or the target folder cannot be changed, or another program has the file open. Check the permissions and try again.</source>
<translation>Ihr Ordner oder der Zielordner darf nicht geändert werden, oder ein anderes Programm hat sie geöffnet. Die Berechtigungen prüfen und noch einmal versuchen.</translation>
</message>
<message>
<source>Its header states frames of {1} x {2} pixels; at most {3} megapixels are decoded, to limit memory.</source>
<translation>Die Bilder sollen {1} x {2} Pixel haben; zum Schutz des Arbeitsspeichers werden höchstens {3} Megapixel gelesen.</translation>
</message>
<message>
<source>Its header states {1} x {2} pixels; at most {3} megapixels are decoded, to limit memory.</source>
<translation>Soll {1} x {2} Pixel haben; zum Schutz des Arbeitsspeichers werden höchstens {3} Megapixel gelesen.</translation>
</message>
<message>
<source>Its original place '{1}' is taken by another file.</source>
<translation>Der ursprüngliche Platz „{1}“ ist von einer anderen Datei belegt.</translation>
</message>
<message>
<source>Its sidecar '{1}' was left as it is. {2}</source>
<translation>Seine Begleitdatei „{1}“ blieb, wie sie ist. {2}</translation>
</message>
<message>
<source>Its structure is not supported: {1}.</source>
<translation>Auf eine Weise aufgebaut, die dieses Programm nicht kennt: {1}.</translation>
</message>
<message>
<source>Its video codec is not supported.</source>
<translation>Es ist so kodiert, dass dieses Programm es nicht lesen kann.</translation>
</message>
<message>
<source>JPEG XL needs imagecodecs, which is not installed. Run `pip install 'catdog-sorter[formats]'`.</source>
<translation>Fotos in JPEG XL brauchen ein Zusatzpaket: `pip install 'catdog-sorter[formats]'` ausführen.</translation>
</message>
<message>
<source>JSON, a photo a line (*.jsonl)</source>
<translation>JSON, ein Foto je Zeile (*.jsonl)</translation>
</message>
<message>
<source>Keep the best model so far</source>
<translation>Das Beste behalten, was bisher gelernt wurde</translation>
</message>
<message>
<source>Keep the current model</source>
<translation>Das jetzige Modell behalten</translation>
</message>
<message>
<source>Keys</source>
<translation>Tasten</translation>
</message>
<message>
<source>Label the selected photos</source>
<translation>Die ausgewählten Fotos einordnen</translation>
</message>
<message>
<source>Label this photo and go on to the next</source>
<translation>Dieses Foto einordnen und zum nächsten gehen</translation>
</message>
<message>
<source>Label: {label}</source>
<translation>Einordnen als: {label}</translation>
</message>
<message>
<source>Language</source>
<translation>Sprache</translation>
</message>
<message>
<source>Large picture</source>
<translation>Großes Bild</translation>
</message>
<message>
<source>Learn</source>
<translation>Lernen</translation>
</message>
<message>
<source>Learn from corrections …</source>
<translation>Aus Korrekturen lernen …</translation>
</message>
<message>
<source>Learn from my corrections</source>
<translation>Aus meinen Korrekturen lernen</translation>
</message>
<message>
<source>Learn …</source>
<translation>Lernen …</translation>
</message>
<message>
<source>Learning needs PyTorch or TensorFlow, and neither is installed. Run `pip install 'catdog-sorter[torch]'` and open this again. Your corrections apply in any case.</source>
<translation>Zum Lernen wird PyTorch oder TensorFlow gebraucht, und keines ist installiert. `pip install 'catdog-sorter[torch]'` ausführen und dies erneut öffnen. Die Korrekturen gelten in jedem Fall.</translation>
</message>
<message>
<source>Left alone, as the system or other programs keep their files there: {names}</source>
<translation>Nicht angerührt, weil das System oder andere Programme dort ihre Dateien haben: {names}</translation>
</message>
<message>
<source>Left out, as they are in iCloud only: {photos}</source>
<translation>Ausgelassen, weil nur in iCloud: {photos}</translation>
</message>
<message>
<source>Link</source>
<translation>Verknüpfen</translation>
</message>
<message>
<source>Links to photos that are moved will break.</source>
<translation>Die Links zu verschobenen Fotos führen dann ins Leere.</translation>
</message>
<message>
<source>Look again</source>
<translation>Erneut einlesen</translation>
</message>
<message>
<source>Looking for the photos you corrected …</source>
<translation>Korrigierte Fotos werden gesucht …</translation>
</message>
<message>
<source>Make hard links</source>
<translation>Harte Links anlegen</translation>
</message>
<message>
<source>Make relative symbolic links</source>
<translation>Relative symbolische Links anlegen</translation>
</message>
<message>
<source>Make symbolic links</source>
<translation>Symbolische Links anlegen</translation>
</message>
<message>
<source>Marked {label}</source>
<translation>Als {label} eingeordnet</translation>
</message>
<message>
<source>Messages of the training</source>
<translation>Meldungen des Trainings</translation>
</message>
<message>
<source>Model</source>
<translation>Modell</translation>
</message>
<message>
<source>Model's label</source>
<translation>Wie das Modell sagt</translation>
</message>
<message>
<source>Model, folders, colours (Ctrl+,)</source>
<translation>Modell, Ordner, Farben (Strg+,)</translation>
</message>
<message>
<source>Move</source>
<translation>Verschieben</translation>
</message>
<message>
<source>Move the photos</source>
<translation>Fotos verschieben</translation>
</message>
<message>
<source>Move them there …</source>
<translation>Dorthin bringen …</translation>
</message>
<message>
<source>Moved to photos that were sorted earlier: {files}</source>
<translation>Zu früher sortierten Fotos gebracht: {files}</translation>
</message>
<message>
<source>Name the folder of one label at least.</source>
<translation>Den Ordner mindestens einer Einordnung angeben.</translation>
</message>
<message>
<source>New photos in this folder are sorted automatically while the window is open, and so are those that are there already. Every sort is in the history and can be undone.</source>
<translation>Neue Fotos in diesem Ordner werden automatisch sortiert, solange das Fenster offen ist, ebenso die schon vorhandenen. Jedes Sortieren steht im Verlauf und lässt sich zurücklegen.</translation>
</message>
<message>
<source>Next photo</source>
<translation>Nächstes Foto</translation>
</message>
<message>
<source>No folder is chosen yet.</source>
<translation>Noch ist kein Ordner gewählt.</translation>
</message>
<message>
<source>No model was trained. The messages of the training are below.</source>
<translation>Es wurde kein Modell trainiert. Die Meldungen des Trainings stehen unten.</translation>
</message>
<message>
<source>No part of this photo looks like a cat or a dog to the model.</source>
<translation>Kein Teil dieses Fotos sieht für das Modell nach Katze oder Hund aus.</translation>
</message>
<message>
<source>No photo is kept.</source>
<translation>Kein Foto wird behalten.</translation>
</message>
<message>
<source>No photo matches.</source>
<translation>So ein Foto gibt es nicht.</translation>
</message>
<message>
<source>No photos have been sorted yet.</source>
<translation>Es wurden noch keine Fotos sortiert.</translation>
</message>
<message>
<source>No photos were found in {names}.</source>
<translation>In {names} wurden keine Fotos gefunden.</translation>
</message>
<message>
<source>No photos were found there. Nothing was changed.</source>
<translation>Dort wurden keine Fotos gefunden. Nichts wurde geändert.</translation>
</message>
<message>
<source>Not classified yet: {photos}</source>
<translation>Noch nicht erkannt: {photos}</translation>
</message>
<message>
<source>Not kept on another drive: {attribute} ({number})</source>
<translation>Auf dem anderen Laufwerk nicht erhalten: {attribute} ({number})</translation>
</message>
<message>
<source>Not searched, because sorted photos go there: {names}</source>
<translation>Nicht durchsucht, weil dorthin sortiert wird: {names}</translation>
</message>
<message>
<source>Not sorted: {list}</source>
<translation>Nicht sortiert: {list}</translation>
</message>
<message>
<source>Not sorted: {reason}</source>
<translation>Nicht sortiert: {reason}</translation>
</message>
<message>
<source>Nothing has been moved yet. A click or Space leaves a photo out; drag it to another column, or press {keys}, to correct it.</source>
<translation>Noch wurde nichts verschoben. Ein Klick oder die Leertaste lässt ein Foto aus; ziehen Sie es in eine andere Spalte oder drücken Sie {keys}, um es zu korrigieren.</translation>
</message>
<message>
<source>Nothing was changed. Move that file away to continue without your corrections, or restore it from a backup to keep them. Sorting runs can still be undone.</source>
<translation>Nichts wurde geändert. Die Datei wegbewegen, um ohne die im Fenster vergebenen Korrekturen weiterzumachen, oder sie aus einer Sicherung wiederherstellen, um sie zu behalten. Sortierungen lassen sich wie bisher rückgängig machen.</translation>
</message>
<message>
<source>Nothing was changed. Move that file away to start with an empty one; runs recorded in it can then no longer be undone.</source>
<translation>Nichts wurde geändert. Die Datei wegbewegen, um mit einer leeren zu beginnen; was darin steht, lässt sich dann nicht mehr rückgängig machen.</translation>
</message>
<message>
<source>Nothing was sorted</source>
<translation>Nichts wurde sortiert</translation>
</message>
<message>
<source>OK</source>
<translation>OK</translation>
</message>
<message>
<source>Of {photos} you corrected, the current model labels {old} as you did, the new one {new}. The new one was trained on most of these photos, so it should do better here. Its results on other photos are shown above.</source>
<translation>Von korrigierten Fotos ({photos}) ordnet das jetzige Modell {old} wie korrigiert ein, das neue {new}. Das neue hat von den meisten dieser Fotos gelernt und sollte hier besser sein; wie es bei nie gesehenen Fotos abschneidet, steht oben.</translation>
</message>
<message>
<source>One photo after the other, the least sure first (F5)</source>
<translation>Ein Foto nach dem anderen, das unsicherste zuerst (F5)</translation>
</message>
<message>
<source>One photo, large</source>
<translation>Ein Foto, groß</translation>
</message>
<message>
<source>Only photos that are classified and can be read can be labelled.</source>
<translation>Nur Fotos, die erkannt wurden und lesbar sind, lassen sich einordnen.</translation>
</message>
<message>
<source>Open folder</source>
<translation>Ordner öffnen</translation>
</message>
<message>
<source>Open in its own program</source>
<translation>Im eigenen Programm öffnen</translation>
</message>
<message>
<source>Open it</source>
<translation>Öffnen</translation>
</message>
<message>
<source>Open the file</source>
<translation>Datei öffnen</translation>
</message>
<message>
<source>Open the folder these photos came from, to sort new photos in it</source>
<translation>Den Ordner öffnen, aus dem diese Fotos kamen, um neue Fotos darin zu sortieren</translation>
</message>
<message>
<source>Open the photo large, and back</source>
<translation>Das Foto groß öffnen, und zurück</translation>
</message>
<message>
<source>Open this folder again</source>
<translation>Diesen Ordner noch einmal öffnen</translation>
</message>
<message>
<source>Open {name} large</source>
<translation>{name} groß öffnen</translation>
</message>
<message>
<source>Orange looks like a cat to the model, blue like a dog.</source>
<translation>Orange sieht für das Modell nach Katze aus, Blau nach Hund.</translation>
</message>
<message>
<source>Orange looks like a cat to the model. No part looks like a dog.</source>
<translation>Orange sieht für das Modell nach Katze aus. Nichts sieht nach Hund aus.</translation>
</message>
<message>
<source>Order</source>
<translation>Reihenfolge</translation>
</message>
<message>
<source>Page of pictures (*.html)</source>
<translation>Seite mit Bildern (*.html)</translation>
</message>
<message>
<source>Paste</source>
<translation>Einfügen</translation>
</message>
<message>
<source>Permission to read it was denied. Give yourself read permission.</source>
<translation>Sie darf nicht gelesen werden: Zugriff verweigert. Die Leseberechtigung erteilen.</translation>
</message>
<message>
<source>Photos</source>
<translation>Fotos</translation>
</message>
<message>
<source>Photos already sorted stay sorted</source>
<translation>Was sortiert wurde, bleibt sortiert</translation>
</message>
<message>
<source>Photos are being moved. Undo when that is done, or stop it.</source>
<translation>Gerade werden Fotos verschoben. Danach rückgängig machen, oder den Vorgang anhalten.</translation>
</message>
<message>
<source>Photos cannot be classified.</source>
<translation>Fotos können nicht klassifiziert werden.</translation>
</message>
<message>
<source>Photos of cats go to a folder for cats, dogs to one for dogs, photos of both to a third, and all others stay where they are.</source>
<translation>Fotos von Katzen kommen in einen Ordner für Katzen, von Hunden in einen für Hunde, Fotos von beiden in einen dritten, und alle anderen bleiben, wo sie sind.</translation>
</message>
<message>
<source>Photos that were already sorted stay sorted; you can undo that later.</source>
<translation>Sortierte Fotos bleiben sortiert und lassen sich später zurücklegen.</translation>
</message>
<message>
<source>Planning</source>
<translation>Planen</translation>
</message>
<message>
<source>Planning …</source>
<translation>Planen …</translation>
</message>
<message>
<source>Previous photo</source>
<translation>Vorheriges Foto</translation>
</message>
<message>
<source>Progress</source>
<translation>Fortschritt</translation>
</message>
<message>
<source>Progress of the training</source>
<translation>Fortschritt des Trainings</translation>
</message>
<message>
<source>Put them back</source>
<translation>Zurücklegen</translation>
</message>
<message>
<source>Put these photos back</source>
<translation>Diese Fotos zurücklegen</translation>
</message>
<message>
<source>Putting back</source>
<translation>Zurücklegen</translation>
</message>
<message>
<source>Putting back …</source>
<translation>Zurücklegen …</translation>
</message>
<message>
<source>Quit</source>
<translation>Beenden</translation>
</message>
<message>
<source>Reading it takes more than {1} seconds, so it was not read.</source>
<translation>Das Lesen dauert länger als {1} Sekunden und wurde abgebrochen.</translation>
</message>
<message>
<source>Reading the corrections …</source>
<translation>Korrekturen werden gelesen …</translation>
</message>
<message>
<source>Reading the history …</source>
<translation>Verlauf wird gelesen …</translation>
</message>
<message>
<source>Recent folders</source>
<translation>Zuletzt geöffnete Ordner</translation>
</message>
<message>
<source>Redo</source>
<translation>Wiederherstellen</translation>
</message>
<message>
<source>Remove the selected corrections; the photos stay</source>
<translation>Die ausgewählten Korrekturen zurücknehmen; die Fotos bleiben</translation>
</message>
<message>
<source>Remove your correction, also one from an earlier day</source>
<translation>Die Korrektur zurücknehmen, auch eine von früher</translation>
</message>
<message>
<source>Report made</source>
<translation>Bericht vom</translation>
</message>
<message>
<source>Restore all files of this run</source>
<translation>Alles aus diesem Durchlauf dorthin zurücklegen, wo es war</translation>
</message>
<message>
<source>Review</source>
<translation>Durchsehen</translation>
</message>
<message>
<source>Review, least sure first</source>
<translation>Durchsehen, das unsicherste zuerst</translation>
</message>
<message>
<source>Run `catdog-sort cache clear`; photos are then classified again.</source>
<translation>`catdog-sort cache clear` ausführen; die Fotos werden dann erneut klassifiziert.</translation>
</message>
<message>
<source>Run pip install 'catdog-sorter[video]' first.</source>
<translation>Zuerst pip install 'catdog-sorter[video]' ausführen.</translation>
</message>
<message>
<source>Run {number}</source>
<translation>Durchlauf {number}</translation>
</message>
<message>
<source>Save report</source>
<translation>Bericht speichern</translation>
</message>
<message>
<source>Save report …</source>
<translation>Bericht speichern …</translation>
</message>
<message>
<source>Save what is shown as a table</source>
<translation>Das Gezeigte als Tabelle speichern</translation>
</message>
<message>
<source>Search by name</source>
<translation>Nach Namen suchen</translation>
</message>
<message>
<source>Search names and folders</source>
<translation>Namen und Ordner durchsuchen</translation>
</message>
<message>
<source>Search there too</source>
<translation>Auch dort suchen</translation>
</message>
<message>
<source>See what would go where, then move it (Ctrl+Return)</source>
<translation>Ansehen, was wohin käme, dann verschieben (Strg+Eingabe)</translation>
</message>
<message>
<source>Select all photos</source>
<translation>Alle Fotos auswählen</translation>
</message>
<message>
<source>Send one photo a request.</source>
<translation>Ein Foto je Anfrage senden.</translation>
</message>
<message>
<source>Settings</source>
<translation>Einstellungen</translation>
</message>
<message>
<source>Settings …</source>
<translation>Einstellungen …</translation>
</message>
<message>
<source>Show</source>
<translation>Zeigen</translation>
</message>
<message>
<source>Show all</source>
<translation>Alle zeigen</translation>
</message>
<message>
<source>Show and undo earlier sorts (Ctrl+H)</source>
<translation>Frühere Sortierungen ansehen und zurücklegen (Strg+H)</translation>
</message>
<message>
<source>Show in its folder</source>
<translation>Im Ordner zeigen</translation>
</message>
<message>
<source>Show only these photos</source>
<translation>Nur diese Fotos zeigen</translation>
</message>
<message>
<source>Show them</source>
<translation>Anzeigen</translation>
</message>
<message>
<source>Show what failed</source>
<translation>Fehlgeschlagene zeigen</translation>
</message>
<message>
<source>Size</source>
<translation>Größe</translation>
</message>
<message>
<source>Size of the pictures</source>
<translation>Größe der Bilder</translation>
</message>
<message>
<source>Some of its photos</source>
<translation>Einige der Fotos</translation>
</message>
<message>
<source>Something went wrong in the window ({error}). No photo was lost; please report it.</source>
<translation>Im Fenster ist etwas schiefgegangen ({error}). Kein Foto ging verloren; bitte den Fehler melden.</translation>
</message>
<message>
<source>Sort</source>
<translation>Sortieren</translation>
</message>
<message>
<source>Sort that folder again …</source>
<translation>Diesen Ordner noch einmal sortieren …</translation>
</message>
<message>
<source>Sort …</source>
<translation>Sortieren …</translation>
</message>
<message>
<source>Sorted</source>
<translation>Sortiert</translation>
</message>
<message>
<source>Sorting</source>
<translation>Sortieren</translation>
</message>
<message>
<source>Space</source>
<translation>Leertaste</translation>
</message>
<message>
<source>Standard</source>
<translation>Standard</translation>
</message>
<message>
<source>Stop</source>
<translation>Anhalten</translation>
</message>
<message>
<source>Stop and close</source>
<translation>Anhalten und schließen</translation>
</message>
<message>
<source>Stop safely; everything done so far is kept</source>
<translation>An der nächsten sicheren Stelle anhalten; was fertig ist, bleibt</translation>
</message>
<message>
<source>Stop watching</source>
<translation>Nicht mehr überwachen</translation>
</message>
<message>
<source>Stopped before it was decoded.</source>
<translation>Vor dem Lesen angehalten.</translation>
</message>
<message>
<source>Stopped.</source>
<translation>Angehalten.</translation>
</message>
<message>
<source>Stopping …</source>
<translation>Wird angehalten …</translation>
</message>
<message>
<source>Table (*.csv)</source>
<translation>Tabelle (*.csv)</translation>
</message>
<message>
<source>Tag</source>
<translation>Stichwörter schreiben</translation>
</message>
<message>
<source>Takes effect at the next start of the window</source>
<translation>Gilt ab dem nächsten Start des Fensters</translation>
</message>
<message>
<source>That is not the token.</source>
<translation>Das ist nicht das Token.</translation>
</message>
<message>
<source>That program will no longer find photos that are moved: {folders}</source>
<translation>Jenes Programm wird verschobene Fotos vermissen: {folders}</translation>
</message>
<message>
<source>That was the last photo.</source>
<translation>Das war das letzte Foto.</translation>
</message>
<message>
<source>The body is not a multipart form.</source>
<translation>Der Inhalt ist kein Multipart-Formular.</translation>
</message>
<message>
<source>The clipboard holds no photos. Copy files or folders first.</source>
<translation>Die Zwischenablage enthält keine Fotos. Zuerst Dateien oder Ordner kopieren.</translation>
</message>
<message>
<source>The copy of '{1}' reads back differently, so the original was kept. Check the drive of '{2}' for errors.</source>
<translation>Die Kopie von „{1}“ liest sich anders zurück, deshalb blieb das Original. Das Laufwerk von „{2}“ auf Fehler prüfen.</translation>
</message>
<message>
<source>The drive is full. Free some space and try again.</source>
<translation>Das Laufwerk ist voll. Platz schaffen und noch einmal versuchen.</translation>
</message>
<message>
<source>The drive is read-only. Copy instead of moving, into a folder elsewhere.</source>
<translation>Das Laufwerk ist schreibgeschützt. Statt zu verschieben anderswohin kopieren.</translation>
</message>
<message>
<source>The drive reports an error. Check its cable and its health before you continue.</source>
<translation>Das Laufwerk meldet einen Fehler. Vor dem Weitermachen Kabel und Zustand prüfen.</translation>
</message>
<message>
<source>The drive reports its name and others as taken, although no files have them. Check the drive for errors.</source>
<translation>Das Laufwerk meldet den Namen und weitere als vergeben, obwohl nichts so heißt. Das Laufwerk auf Fehler prüfen.</translation>
</message>
<message>
<source>The file does not hold a picture that can be shown.</source>
<translation>Die Datei enthält kein Bild, das sich zeigen lässt.</translation>
</message>
<message>
<source>The file is empty.</source>
<translation>Die Datei ist leer.</translation>
</message>
<message>
<source>The folder '{1}' was replaced after the photos were read, so they were left alone. Try again.</source>
<translation>Der Ordner „{1}“ wurde nach dem Lesen der Fotos ersetzt oder entfernt; sie wurden deshalb nicht angetastet. Erneut versuchen.</translation>
</message>
<message>
<source>The folder is no longer watched. {reason}</source>
<translation>Der Ordner wird nicht mehr überwacht. {reason}</translation>
</message>
<message>
<source>The form holds no photo, too many, or something else.</source>
<translation>Das Formular enthält kein Foto, zu viele oder etwas anderes.</translation>
</message>
<message>
<source>The form is malformed.</source>
<translation>Das Formular ist fehlerhaft.</translation>
</message>
<message>
<source>The interface for programs</source>
<translation>Die Schnittstelle für Programme</translation>
</message>
<message>
<source>The lock file '{1}' cannot be used ({2}), so nothing was moved. Set CATDOG_SORTER_HOME to a folder on a local drive that you can write to.</source>
<translation>Die Sperrdatei „{1}“ ist nicht nutzbar ({2}), deshalb wurde nichts verschoben. CATDOG_SORTER_HOME auf einen beschreibbaren Ordner eines lokalen Laufwerks setzen.</translation>
</message>
<message>
<source>The name would be too long there. Choose a folder with a shorter path.</source>
<translation>Der Name wäre dort zu lang. Einen Ordner mit kürzerem Pfad wählen.</translation>
</message>
<message>
<source>The new model was saved, but the two models could not be compared.</source>
<translation>Das neue Modell ist da, aber die beiden ließen sich nicht vergleichen.</translation>
</message>
<message>
<source>The original '{1}' no longer exists, so the file made from it was kept.</source>
<translation>Das Original „{1}“ ist weg, deshalb bleibt, was daraus gemacht wurde.</translation>
</message>
<message>
<source>The original '{1}' was changed since; the copy may be the only one of the earlier version.</source>
<translation>Das Original „{1}“ wurde seitdem geändert; die Kopie ist vielleicht die einzige der früheren Fassung.</translation>
</message>
<message>
<source>The part of the program that reads photos stopped unexpectedly, perhaps because of a damaged photo. No photo was lost. Classify again to continue.</source>
<translation>Der Teil des Programms, der Fotos liest, ist unerwartet abgebrochen, vielleicht wegen eines beschädigten Fotos. Kein Foto ging verloren. Zum Fortsetzen noch einmal erkennen lassen.</translation>
</message>
<message>
<source>The photo is too large for this service.</source>
<translation>Das Foto ist zu groß für diesen Dienst.</translation>
</message>
<message>
<source>The photos could not be classified in time.</source>
<translation>Die Fotos konnten nicht rechtzeitig klassifiziert werden.</translation>
</message>
<message>
<source>The photos did not arrive in time.</source>
<translation>Die Fotos kamen nicht rechtzeitig an.</translation>
</message>
<message>
<source>The photos stay where they are; keywords are written beside them (XMP).</source>
<translation>Die Fotos bleiben, wo sie sind; Stichwörter werden daneben geschrieben (XMP).</translation>
</message>
<message>
<source>The picture is cut off: the end of the file is missing.</source>
<translation>Das Bild ist abgeschnitten: Das Ende der Datei fehlt.</translation>
</message>
<message>
<source>The picture is damaged or cut off: only its first bytes can be read.</source>
<translation>Das Bild ist beschädigt oder abgeschnitten: Nur die ersten Bytes ergeben Sinn.</translation>
</message>
<message>
<source>The picture is damaged, or made in a way this program cannot decode ({1}).</source>
<translation>Das Bild ist beschädigt oder auf eine Weise gemacht, die dieses Programm nicht lesen kann ({1}).</translation>
</message>
<message>
<source>The process that decodes photos could not be started ({1}). Close other programs and try again, or install catdog-sorter again in a fresh environment.</source>
<translation>Der Teil des Programms, der Fotos liest, ließ sich nicht starten ({1}). Andere Programme schließen und erneut versuchen, oder catdog-sorter in einer frischen Umgebung neu installieren.</translation>
</message>
<message>
<source>The report is saved: {file}</source>
<translation>Der Bericht ist gespeichert: {file}</translation>
</message>
<message>
<source>The report {1} cannot be written ({2}). Give another place for it, or make room.</source>
<translation>Der Bericht {1} kann nicht geschrieben werden ({2}). Einen anderen Ort angeben oder Platz schaffen.</translation>
</message>
<message>
<source>The request is too large.</source>
<translation>Die Anfrage ist zu groß.</translation>
</message>
<message>
<source>The service does not answer.</source>
<translation>Der Dienst antwortet nicht.</translation>
</message>
<message>
<source>The service is at capacity. Retry in a second.</source>
<translation>Der Dienst ist ausgelastet. In einer Sekunde erneut versuchen.</translation>
</message>
<message>
<source>The service took too long.</source>
<translation>Der Dienst hat zu lange gebraucht.</translation>
</message>
<message>
<source>The system does not permit it. Check the permissions, or copy instead.</source>
<translation>Das System erlaubt es nicht. Die Berechtigungen prüfen oder stattdessen kopieren.</translation>
</message>
<message>
<source>The system reports: {1}.</source>
<translation>Das System meldet: {1}.</translation>
</message>
<message>
<source>The target drive does not accept the name '{1}', or the folder was just removed. Rename the photo, or sort again.</source>
<translation>Das Ziellaufwerk nimmt den Namen „{1}“ nicht an oder hat den Ordner gerade verloren. Umbenennen oder erneut sortieren.</translation>
</message>
<message>
<source>The target drive does not support this. Copy instead.</source>
<translation>Das Ziellaufwerk kann das nicht. Stattdessen kopieren.</translation>
</message>
<message>
<source>The token is missing or wrong.</source>
<translation>Das Token fehlt oder ist falsch.</translation>
</message>
<message>
<source>The training is still running. Press Stop to end it.</source>
<translation>Das Training läuft noch. „Anhalten“ beendet es.</translation>
</message>
<message>
<source>The video is damaged or cut off, or made in a way this program cannot decode.</source>
<translation>Das Video ist beschädigt, abgeschnitten oder so gemacht, dass dieses Programm es nicht lesen kann.</translation>
</message>
<message>
<source>The video is damaged or cut off: too few of its frames can be decoded.</source>
<translation>Das Video ist beschädigt oder abgeschnitten: Zu wenige Einzelbilder sind lesbar.</translation>
</message>
<message>
<source>The {1} is damaged: decoding it fails ({2}).</source>
<translation>{1}: beschädigt, das Lesen schlägt fehl ({2}).</translation>
</message>
<message>
<source>The {1} of {2} could not be kept on another drive.</source>
<translation>Auf einem anderen Laufwerk ließ sich nicht erhalten: {1} von {2}.</translation>
</message>
<message>
<source>There is not enough memory to decode it.</source>
<translation>Zu wenig Arbeitsspeicher, um es zu lesen.</translation>
</message>
<message>
<source>There is nothing to report until photos are classified.</source>
<translation>Solange keine Fotos erkannt sind, gibt es nichts zu berichten.</translation>
</message>
<message>
<source>There is nothing to sort.</source>
<translation>Es gibt nichts zu sortieren.</translation>
</message>
<message>
<source>This camera RAW file holds no preview of a useful size. Run `pip install 'catdog-sorter[raw]'` to decode it.</source>
<translation>Diese RAW-Datei enthält keine brauchbar große Vorschau. `pip install 'catdog-sorter[raw]'` ausführen, damit sie entwickelt wird.</translation>
</message>
<message>
<source>This camera RAW file is damaged, or from a camera too new for the decoder. `pip install --upgrade rawpy` may help.</source>
<translation>Diese RAW-Datei ist beschädigt oder stammt von einer Kamera, die für den Decoder zu neu ist. `pip install --upgrade rawpy` kann helfen.</translation>
</message>
<message>
<source>This folder cannot be opened: {1}.</source>
<translation>Der Ordner lässt sich nicht öffnen: {1}.</translation>
</message>
<message>
<source>This model has no results for parts of a photo.</source>
<translation>Dieses Modell liest ein Foto nur als Ganzes; es gibt keine Teile zu zeigen.</translation>
</message>
<message>
<source>This page draws its photos with a script of its own; allow it to run to see them.</source>
<translation>Diese Seite zeigt ihre Fotos mit einem eigenen Skript; um sie zu sehen, muss es laufen dürfen.</translation>
</message>
<message>
<source>This photo has the model's label already: you have not corrected it.</source>
<translation>Es gilt schon, was das Modell sagt: Dieses Foto wurde nicht korrigiert.</translation>
</message>
<message>
<source>This service asks for its token:</source>
<translation>Dieser Dienst verlangt sein Token:</translation>
</message>
<message>
<source>This service is for the computer it runs on. Call it localhost, or start it with a token.</source>
<translation>Dieser Dienst ist für den Computer, auf dem er läuft. Ihn als localhost aufrufen oder mit einem Token starten.</translation>
</message>
<message>
<source>This service needs its token. Send the header `Authorization: Bearer TOKEN`.</source>
<translation>Dieser Dienst braucht sein Token. Die Kopfzeile `Authorization: Bearer TOKEN` mitsenden.</translation>
</message>
<message>
<source>Too little room in {folder}: {needed} are needed, {free} are free.</source>
<translation>Zu wenig Platz in {folder}: {needed} werden gebraucht, {free} sind frei.</translation>
</message>
<message>
<source>Train a model with the photos you have corrected</source>
<translation>Ein Modell mit den korrigierten Fotos trainieren</translation>
</message>
<message>
<source>Trains a new model, “{name}”, on {photos} you have corrected and on those you have sorted, so check the sorted folders first. A few hundred photos take some minutes; you can keep using the window. The current model stays in use until you choose the new one.</source>
<translation>Trainiert ein neues Modell, „{name}“, mit korrigierten Fotos ({photos}) und mit den sortierten; deshalb zuerst die sortierten Ordner durchsehen. Einige Hundert Fotos dauern einige Minuten; das Fenster bleibt benutzbar. Das jetzige Modell bleibt, bis ein anderes gewählt wird.</translation>
</message>
<message>
<source>Try it with these photos</source>
<translation>Mit diesen Fotos ausprobieren</translation>
</message>
<message>
<source>Undo</source>
<translation>Rückgängig</translation>
</message>
<message>
<source>Undo {step}</source>
<translation>Rückgängig: {step}</translation>
</message>
<message>
<source>Unexpected error ({1}: {2}). No photo was lost; try again and report it if it persists.</source>
<translation>Unerwarteter Fehler ({1}: {2}). Es ging kein Foto verloren; erneut versuchen und melden, wenn er bleibt.</translation>
</message>
<message>
<source>Use the new model</source>
<translation>Das neue Modell verwenden</translation>
</message>
<message>
<source>Use the values that the model came with</source>
<translation>Die Werte verwenden, die zum Modell gehören</translation>
</message>
<message>
<source>Uses copies of them; your own photos are not touched</source>
<translation>Kopien davon; eigene Fotos bleiben unberührt</translation>
</message>
<message>
<source>Videos need PyAV, which is not installed. Run `pip install 'catdog-sorter[video]'`.</source>
<translation>Videos brauchen ein Zusatzpaket: `pip install 'catdog-sorter[video]'` ausführen.</translation>
</message>
<message>
<source>Videos passed over: {n}. The settings can include them.</source>
<translation>Übergangene Videos: {n}. Die Einstellungen können sie einbeziehen.</translation>
</message>
<message>
<source>Watch</source>
<translation>Überwachen</translation>
</message>
<message>
<source>Watch a folder</source>
<translation>Ordner überwachen</translation>
</message>
<message>
<source>Watch a folder …</source>
<translation>Ordner überwachen …</translation>
</message>
<message>
<source>Watching {folder}: {photos} sorted so far, {failed} could not be sorted.</source>
<translation>{folder} wird überwacht: bisher {photos} sortiert, {failed} nicht sortierbar.</translation>
</message>
<message>
<source>Watching {folder}: {photos} sorted so far.</source>
<translation>{folder} wird überwacht: bisher {photos} sortiert.</translation>
</message>
<message>
<source>What a run would do</source>
<translation>Was ein Durchlauf täte</translation>
</message>
<message>
<source>What goes where</source>
<translation>Was wohin kommt</translation>
</message>
<message>
<source>What the photos show</source>
<translation>Was die Fotos zeigen</translation>
</message>
<message>
<source>What to do</source>
<translation>Was tun</translation>
</message>
<message>
<source>Where</source>
<translation>Wo</translation>
</message>
<message>
<source>Where the model looks</source>
<translation>Wohin das Modell schaut</translation>
</message>
<message>
<source>Where the model looks ({key})</source>
<translation>Wohin das Modell schaut ({key})</translation>
</message>
<message>
<source>Where to make the folders</source>
<translation>Wo die Ordner angelegt werden</translation>
</message>
<message>
<source>With {n} companion files</source>
<translation>Begleitdateien, die mitkommen: {n}</translation>
</message>
<message>
<source>Write keywords</source>
<translation>Stichwörter schreiben</translation>
</message>
<message>
<source>Writing the report</source>
<translation>Bericht schreiben</translation>
</message>
<message>
<source>You have not corrected any photo yet. Select photos and press C, D, B or N.</source>
<translation>Noch wurde kein Foto korrigiert. Fotos auswählen und C, D, B oder N drücken.</translation>
</message>
<message>
<source>You trained or added it.</source>
<translation>Selbst trainiert oder hinzugefügt.</translation>
</message>
<message>
<source>Your quota on this drive is used up. Free some space and try again.</source>
<translation>Das Kontingent auf diesem Laufwerk ist aufgebraucht. Platz schaffen und noch einmal versuchen.</translation>
</message>
<message>
<source>Zoom in</source>
<translation>Vergrößern</translation>
</message>
<message>
<source>Zoom in (Ctrl++)</source>
<translation>Vergrößern (Strg++)</translation>
</message>
<message>
<source>Zoom out</source>
<translation>Verkleinern</translation>
</message>
<message>
<source>Zoom out (Ctrl+-)</source>
<translation>Verkleinern (Strg+-)</translation>
</message>
<message>
<source>a link leads here: {link}</source>
<translation>ein Link führt hierher: {link}</translation>
</message>
<message>
<source>access control list</source>
<translation>Zugriffssteuerungsliste</translation>
</message>
<message>
<source>all</source>
<translation>alle</translation>
</message>
<message>
<source>already there with the same content</source>
<translation>mit gleichem Inhalt schon dort</translation>
</message>
<message>
<source>also photos another program keeps a database of</source>
<translation>auch Fotos in der Datenbank eines anderen Programms</translation>
</message>
<message>
<source>also photos that links lead to</source>
<translation>auch Fotos, auf die Links verweisen</translation>
</message>
<message>
<source>arrived later</source>
<translation>später angekommen</translation>
</message>
<message>
<source>as a list</source>
<translation>als Liste</translation>
</message>
<message>
<source>as found</source>
<translation>wie gefunden</translation>
</message>
<message>
<source>as the system</source>
<translation>wie das System</translation>
</message>
<message>
<source>both</source>
<translation>beides</translation>
</message>
<message>
<source>by name</source>
<translation>nach Namen</translation>
</message>
<message>
<source>cat</source>
<translation>Katze</translation>
</message>
<message>
<source>cat or dog: at least {present}, neither: at most {absent}</source>
<translation>Katze oder Hund: mindestens {present}, keines: höchstens {absent}</translation>
</message>
<message>
<source>cat {cat}, dog {dog}</source>
<translation>Katze {cat}, Hund {dog}</translation>
</message>
<message>
<source>command</source>
<translation>Befehl</translation>
</message>
<message numerus="yes">
<source>copied</source>
<translation>
<numerusform>kopiert</numerusform>
<numerusform>kopiert</numerusform>
</translation>
</message>
<message>
<source>corrected</source>
<translation>korrigiert</translation>
</message>
<message>
<source>dark</source>
<translation>dunkel</translation>
</message>
<message>
<source>dog</source>
<translation>Hund</translation>
</message>
<message>
<source>done</source>
<translation>fertig</translation>
</message>
<message>
<source>extended attributes</source>
<translation>erweiterte Attribute</translation>
</message>
<message numerus="yes">
<source>failed</source>
<translation>
<numerusform>fehlgeschlagen</numerusform>
<numerusform>fehlgeschlagen</numerusform>
</translation>
</message>
<message>
<source>found by symbolic links</source>
<translation>über symbolische Links gefunden</translation>
</message>
<message>
<source>from</source>
<translation>von</translation>
</message>
<message>
<source>hard links</source>
<translation>harte Links</translation>
</message>
<message>
<source>have these keywords already</source>
<translation>haben diese Stichwörter schon</translation>
</message>
<message>
<source>in a folder that another program keeps a database of</source>
<translation>in einem Ordner, über den ein anderes Programm eine Datenbank führt</translation>
</message>
<message>
<source>in another folder …</source>
<translation>in einem anderen Ordner …</translation>
</message>
<message>
<source>in the folder you added</source>
<translation>im hinzugefügten Ordner</translation>
</message>
<message>
<source>in the review</source>
<translation>in der Durchsicht</translation>
</message>
<message>
<source>in the right folder already</source>
<translation>schon im richtigen Ordner</translation>
</message>
<message>
<source>in {folder}</source>
<translation>in {folder}</translation>
</message>
<message>
<source>incomplete file</source>
<translation>unvollständige Datei</translation>
</message>
<message>
<source>interrupted</source>
<translation>unterbrochen</translation>
</message>
<message>
<source>its photo was sorted earlier, and is gone or changed since</source>
<translation>Das Foto dazu wurde früher sortiert und ist seitdem weg oder verändert</translation>
</message>
<message>
<source>keywords: {words}</source>
<translation>Stichwörter: {words}</translation>
</message>
<message>
<source>label</source>
<translation>Einordnung</translation>
</message>
<message>
<source>late companions too ({files})</source>
<translation>auch später angekommene Begleitdateien ({files})</translation>
</message>
<message>
<source>least sure first</source>
<translation>unsicherste zuerst</translation>
</message>
<message numerus="yes">
<source>left</source>
<translation>
<numerusform>belassen</numerusform>
<numerusform>belassen</numerusform>
</translation>
</message>
<message>
<source>light</source>
<translation>hell</translation>
</message>
<message numerus="yes">
<source>linked</source>
<translation>
<numerusform>verknüpft</numerusform>
<numerusform>verknüpft</numerusform>
</translation>
</message>
<message>
<source>model's label ({key})</source>
<translation>wie das Modell sagt ({key})</translation>
</message>
<message>
<source>most sure first</source>
<translation>sicherste zuerst</translation>
</message>
<message numerus="yes">
<source>moved</source>
<translation>
<numerusform>verschoben</numerusform>
<numerusform>verschoben</numerusform>
</translation>
</message>
<message>
<source>neither</source>
<translation>keines</translation>
</message>
<message>
<source>neither or unsure</source>
<translation>keines oder unsicher</translation>
</message>
<message>
<source>no picture</source>
<translation>kein Bild</translation>
</message>
<message>
<source>none: these photos stay where they are</source>
<translation>keiner: diese Fotos bleiben, wo sie sind</translation>
</message>
<message>
<source>only the {photos} selected</source>
<translation>nur die Auswahl ({photos})</translation>
</message>
<message>
<source>owner</source>
<translation>Eigentümer</translation>
</message>
<message>
<source>partly undone</source>
<translation>teilweise rückgängig</translation>
</message>
<message>
<source>permissions</source>
<translation>Berechtigungen</translation>
</message>
<message>
<source>photos.html</source>
<translation>Fotos.html</translation>
</message>
<message numerus="yes">
<source>planned</source>
<translation>
<numerusform>geplant</numerusform>
<numerusform>geplant</numerusform>
</translation>
</message>
<message numerus="yes">
<source>put back</source>
<translation>
<numerusform>zurückgelegt</numerusform>
<numerusform>zurückgelegt</numerusform>
</translation>
</message>
<message numerus="yes">
<source>skipped</source>
<translation>
<numerusform>übersprungen</numerusform>
<numerusform>übersprungen</numerusform>
</translation>
</message>
<message numerus="yes">
<source>sorted</source>
<translation>
<numerusform>sortiert</numerusform>
<numerusform>sortiert</numerusform>
</translation>
</message>
<message>
<source>state</source>
<translation>Stand</translation>
</message>
<message>
<source>stay</source>
<translation>bleiben</translation>
</message>
<message numerus="yes">
<source>tagged</source>
<translation>
<numerusform>mit Stichwörtern versehen</numerusform>
<numerusform>mit Stichwörtern versehen</numerusform>
</translation>
</message>
<message>
<source>that symbolic links lead to</source>
<translation>auf die symbolische Links verweisen</translation>
</message>
<message>
<source>time</source>
<translation>Zeit</translation>
</message>
<message>
<source>to</source>
<translation>nach</translation>
</message>
<message>
<source>undo interrupted</source>
<translation>Rückgängigmachen unterbrochen</translation>
</message>
<message>
<source>undone</source>
<translation>rückgängig gemacht</translation>
</message>
<message>
<source>unreadable</source>
<translation>unlesbar</translation>
</message>
<message>
<source>unsure</source>
<translation>unsicher</translation>
</message>
<message>
<source>unsure: not confident enough to sort</source>
<translation>unsicher: nicht sicher genug zum Sortieren</translation>
</message>
<message>
<source>unticked</source>
<translation>abgewählt</translation>
</message>
<message>
<source>video at {moment}</source>
<translation>Video bei {moment}</translation>
</message>
<message>
<source>videos</source>
<translation>Videos</translation>
</message>
<message>
<source>waiting</source>
<translation>wartet</translation>
</message>
<message>
<source>what</source>
<translation>was</translation>
</message>
<message>
<source>when</source>
<translation>wann</translation>
</message>
<message>
<source>where it was</source>
<translation>wo es war</translation>
</message>
<message>
<source>whose folder is a link out of the target; choose the real folder as the target</source>
<translation>deren Ordner ein Link aus dem Ziel hinaus ist; den echten Ordner als Ziel wählen</translation>
</message>
<message>
<source>whose sidecar cannot be changed</source>
<translation>deren Sidecar-Datei sich nicht ergänzen lässt</translation>
</message>
<message>
<source>without sub-folders</source>
<translation>ohne Unterordner</translation>
</message>
<message>
<source>your folder</source>
<translation>eigener Ordner</translation>
</message>
<message>
<source>{1} Files moved with it could not be moved back: {2} Undo the run to try that again.</source>
<translation>{1} Mitverschobene Dateien ließen sich nicht zurückverschieben: {2} Den Lauf rückgängig machen, um es erneut zu versuchen.</translation>
</message>
<message>
<source>{1} TIFF{2} is not supported.</source>
<translation>{1} TIFF{2} wird nicht unterstützt.</translation>
</message>
<message>
<source>{1} are not supported. Export this one as JPEG, PNG or TIFF.</source>
<translation>{1} werden nicht unterstützt. Als JPEG, PNG oder TIFF exportieren.</translation>
</message>
<message>
<source>{1} cannot be read: permission denied. Give yourself read permission.</source>
<translation>{1} darf nicht angesehen werden: Zugriff verweigert. Sich das Leserecht geben.</translation>
</message>
<message>
<source>{1} does not exist. Check the spelling, or give another path.</source>
<translation>{1} gibt es nicht. Die Schreibweise prüfen oder einen anderen Pfad angeben.</translation>
</message>
<message>
<source>{1} is a photo manager's library or another program's document; moving photos inside would break it. Export the photos to a folder and sort that.</source>
<translation>{1} ist die Mediathek einer Fotoverwaltung oder das Dokument eines anderen Programms; Fotos darin zu verschieben würde es beschädigen. Die Fotos in einen Ordner exportieren und diesen sortieren.</translation>
</message>
<message>
<source>{1} is named like a file that belongs to {2}, and would be moved with it. Choose another file.</source>
<translation>{1} heißt wie eine Datei, die zu {2} gehört, und würde mit verschoben. Eine andere Datei wählen.</translation>
</message>
<message>
<source>{1} is named like a photo. Choose another file.</source>
<translation>{1} heißt wie ein Foto. Eine andere Datei wählen.</translation>
</message>
<message>
<source>{1} is not supported. Export this one as JPEG, PNG or TIFF.</source>
<translation>{1} wird nicht unterstützt. Als JPEG, PNG oder TIFF exportieren.</translation>
</message>
<message>
<source>{1}, or leave out --videos.</source>
<translation>{1}, oder --videos weglassen.</translation>
</message>
<message>
<source>{do} {photos}</source>
<translation>{do}: {photos}</translation>
</message>
<message numerus="yes">
<source>{files} put back.</source>
<translation>
<numerusform>{files} zurückgelegt.</numerusform>
<numerusform>{files} zurückgelegt.</numerusform>
</translation>
</message>
<message numerus="yes">
<source>{files} stay where they are:</source>
<translation>
<numerusform>{files} bleibt, wo sie ist:</numerusform>
<numerusform>{files} bleiben, wo sie sind:</numerusform>
</translation>
</message>
<message>
<source>{label} to {folder}</source>
<translation>{label} nach {folder}</translation>
</message>
<message>
<source>{label}, corrected by you</source>
<translation>{label}, selbst korrigiert</translation>
</message>
<message>
<source>{label}, {share} sure</source>
<translation>{label}, {share} sicher</translation>
</message>
<message>
<source>{label}: {number}</source>
<translation>{label}: {number}</translation>
</message>
<message>
<source>{label}: {photos} to “{folder}”</source>
<translation>{label}: {photos} nach „{folder}“</translation>
</message>
<message>
<source>{label}: {photos}, {keywords}</source>
<translation>{label}: {photos}, {keywords}</translation>
</message>
<message>
<source>{name}, stays: unticked</source>
<translation>{name}, bleibt: abgewählt</translation>
</message>
<message>
<source>{name}, to {target}</source>
<translation>{name}, nach {target}</translation>
</message>
<message>
<source>{name}: {label}, corrected by you</source>
<translation>{name}: {label}, selbst korrigiert</translation>
</message>
<message>
<source>{name}: {label}, {share} sure</source>
<translation>{name}: {label}, {share} sicher</translation>
</message>
<message numerus="yes">
<source>{number} files</source>
<translation>
<numerusform>{number} Datei</numerusform>
<numerusform>{number} Dateien</numerusform>
</translation>
</message>
<message numerus="yes">
<source>{number} photos</source>
<translation>
<numerusform>{number} Foto</numerusform>
<numerusform>{number} Fotos</numerusform>
</translation>
</message>
<message>
<source>{n} corrected by you</source>
<translation>{n} selbst korrigiert</translation>
</message>
<message>
<source>{n} failed</source>
<translation>{n} fehlgeschlagen</translation>
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
<translation>{n} von {total}</translation>
</message>
<message>
<source>{n} of {total} answered. None is kept.</source>
<translation>{n} von {total} beantwortet. Keines wird behalten.</translation>
</message>
<message>
<source>{n} of {total} photos</source>
<translation>{n} von {total} Fotos</translation>
</message>
<message>
<source>{n} s</source>
<translation>{n} s</translation>
</message>
<message>
<source>{n} sorted</source>
<translation>{n} sortiert</translation>
</message>
<message>
<source>{photos} corrected by you. A correction applies wherever the photo is.</source>
<translation>{photos} selbst korrigiert. Eine Korrektur gilt, wo auch immer das Foto liegt.</translation>
</message>
<message>
<source>{photos} could not be read. The most common reason: {reason}</source>
<translation>Nicht lesbar: {photos}. Der häufigste Grund: {reason}</translation>
</message>
<message numerus="yes">
<source>{photos} could not be {done}:</source>
<translation>
<numerusform>{photos} konnte nicht {done} werden:</numerusform>
<numerusform>{photos} konnten nicht {done} werden:</numerusform>
</translation>
</message>
<message numerus="yes">
<source>{photos} marked {label}</source>
<translation>
<numerusform>{photos} als {label} eingeordnet</numerusform>
<numerusform>{photos} als {label} eingeordnet</numerusform>
</translation>
</message>
<message>
<source>{photos} to {folder}</source>
<translation>{photos} nach {folder}</translation>
</message>
<message>
<source>{photos} with the model's label</source>
<translation>{photos}: wie das Modell sagt</translation>
</message>
<message>
<source>{photos} {done}</source>
<translation>{photos} {done}</translation>
</message>
<message>
<source>{program} keeps a database of {folder}, and would miss photos that are moved. Copying, or writing keywords, leaves it intact.</source>
<translation>{program} führt eine Datenbank über {folder} und würde verschobene Fotos vermissen. Kopieren oder Stichwörter schreiben lässt sie unversehrt.</translation>
</message>
<message>
<source>{source}
to {target}</source>
<translation>{source}
nach {target}</translation>
</message>
<message>
<source>{text}, incomplete file</source>
<translation>{text}, unvollständige Datei</translation>
</message>
<message>
<source>{title}: {done} of {total}, {rate} a second, {left} left</source>
<translation>{title}: {done} von {total}, {rate} je Sekunde, noch {left}</translation>
</message>
<message>
<source>{title}: {done} so far, {rate} a second</source>
<translation>{title}: bisher {done}, {rate} je Sekunde</translation>
</message>
<message>
<source>“{name}” is not a valid folder name. Give a name below the target folder.</source>
<translation>„{name}“ ist kein gültiger Ordnername. Einen Namen unterhalb des Zielordners angeben.</translation>
</message>
<message>
<source>… and to other folders</source>
<translation>… und in weitere Ordner</translation>
</message>
<message>
<source>← → step · Z 100% · F11 full screen</source>
<translation>← → blättern · Z 100 % · F11 Vollbild</translation>
</message>
<message>
<source>◂ Back to the photos</source>
<translation>◂ Zurück zu den Fotos</translation>
</message>
<message>
<source>✓ by you</source>
<translation>✓ selbst</translation>
</message>
</context>
</TS>
