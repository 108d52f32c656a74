<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="fr" sourcelanguage="en">
<context>
<name>catdog-sorter</name>
<message>
<source>&amp;Edit</source>
<translation>&amp;Édition</translation>
</message>
<message>
<source>&amp;File</source>
<translation>&amp;Fichier</translation>
</message>
<message>
<source>&amp;Help</source>
<translation>A&amp;ide</translation>
</message>
<message>
<source>&amp;Photo</source>
<translation>&amp;Photo</translation>
</message>
<message>
<source>&amp;View</source>
<translation>&amp;Affichage</translation>
</message>
<message>
<source>'{1}' cannot be opened or written ({2}). Check that its folder exists, is not read-only and belongs to you, or set CATDOG_SORTER_HOME to a folder you can write to.</source>
<translation>Impossible d’ouvrir ou d’écrire « {1} » ({2}). Vérifiez que son dossier existe, qu’il n’est pas en lecture seule et qu’il vous appartient, ou donnez à CATDOG_SORTER_HOME un dossier où vous pouvez écrire.</translation>
</message>
<message>
<source>'{1}' cannot be written: the drive is full. Free some space and try again.</source>
<translation>Impossible d’écrire « {1} » : le disque est plein. Libérez de la place et réessayez.</translation>
</message>
<message>
<source>'{1}' changed while it was being sorted, so it was left alone. Sort again when no other program writes to it.</source>
<translation>« {1} » a changé pendant le tri et n’a donc pas été touchée. Triez de nouveau quand aucun autre programme n’y écrit.</translation>
</message>
<message>
<source>'{1}' is a link or not a regular file, so it was left alone.</source>
<translation>« {1} » est un lien ou n’est pas un fichier ordinaire ; il n’a donc pas été touché.</translation>
</message>
<message>
<source>'{1}' is damaged ({2}). {3}</source>
<translation>« {1} » est endommagé ({2}). {3}</translation>
</message>
<message>
<source>'{1}' is in use by another program. Wait for it to finish and try again.</source>
<translation>« {1} » est utilisé par un autre programme. Attendez qu’il ait fini, puis réessayez.</translation>
</message>
<message>
<source>'{1}' is now a link, which could lead anywhere, so nothing was put there. Remove it and try again.</source>
<translation>« {1} » est maintenant un lien, qui pourrait mener n’importe où : rien n’y a été mis. Retirez-le et réessayez.</translation>
</message>
<message>
<source>'{1}' was changed after it was sorted.</source>
<translation>« {1} » a été modifiée après le tri.</translation>
</message>
<message>
<source>'{1}' was changed or replaced after it was read, so it was left alone. Sort again.</source>
<translation>« {1} » a été modifiée ou remplacée après sa lecture et n’a donc pas été touchée. Triez de nouveau.</translation>
</message>
<message>
<source>'{1}' was changed or replaced after the run.</source>
<translation>« {1} » a été modifiée ou remplacée depuis.</translation>
</message>
<message>
<source>'{1}' was written by a newer catdog-sorter (format {2}, this one knows {3}). Update with `pip install --upgrade catdog-sorter`.</source>
<translation>« {1} » a été écrit par un catdog-sorter plus récent (format {2}, celui-ci connaît {3}). Mettez à jour avec `pip install --upgrade catdog-sorter`.</translation>
</message>
<message>
<source>... and {photos} more.</source>
<translation>... et {photos} de plus.</translation>
</message>
<message>
<source>1 file</source>
<translation>1 fichier</translation>
</message>
<message>
<source>1 photo</source>
<translation>1 photo</translation>
</message>
<message>
<source>100%, every pixel of the photo (Z)</source>
<translation>100 %, chaque pixel de la photo (Z)</translation>
</message>
<message>
<source>A file is in the place of a folder it goes to. Rename that file and try again.</source>
<translation>Un fichier occupe la place du dossier de destination. Renommez-le et réessayez.</translation>
</message>
<message>
<source>A hard link cannot reach another drive. Copy, or use symbolic links.</source>
<translation>Un lien physique ne peut pas mener à un autre disque. Copiez, ou utilisez des liens symboliques.</translation>
</message>
<message>
<source>A job is still running. Stop it and close?</source>
<translation>Une tâche est en cours. L’arrêter et fermer ?</translation>
</message>
<message>
<source>Add a folder …</source>
<translation>Ajouter un dossier …</translation>
</message>
<message>
<source>Add photos …</source>
<translation>Ajouter des photos …</translation>
</message>
<message>
<source>Added to the queue: {names}</source>
<translation>Ajouté à la file d’attente : {names}</translation>
</message>
<message>
<source>All photos, in a strip</source>
<translation>Toutes les photos, en bande</translation>
</message>
<message>
<source>An animal is present from {present}, and absent up to {absent}. Photos in between are unsure and stay where they are.</source>
<translation>À partir de {present}, un animal est considéré comme présent ; jusqu’à {absent}, comme absent. Les photos entre les deux sont incertaines et restent où elles sont.</translation>
</message>
<message>
<source>Another catdog-sort is moving photos right now. Wait until it is done, then try again.</source>
<translation>Un autre catdog-sort déplace des photos en ce moment. Attendez qu’il ait fini, puis réessayez.</translation>
</message>
<message>
<source>Another program has just created its sidecar. Run the command again to add keywords to it.</source>
<translation>Un autre programme vient de créer son fichier annexe (XMP). Écrivez de nouveau les mots-clés pour les y ajouter.</translation>
</message>
<message>
<source>Another program has just given it these keywords.</source>
<translation>Un autre programme vient de lui donner ces mots-clés.</translation>
</message>
<message>
<source>Another program has saved '{1}' while it was being checked; the earlier version is now '{2}'.</source>
<translation>Un autre programme a réenregistré « {1} » pendant la vérification ; la version précédente est maintenant « {2} ».</translation>
</message>
<message>
<source>At capacity; retry after the seconds in Retry-After.</source>
<translation>Service saturé ; réessayez après les secondes indiquées par Retry-After.</translation>
</message>
<message>
<source>Back to all photos</source>
<translation>Retour à toutes les photos</translation>
</message>
<message>
<source>Blue looks like a dog to the model. No part looks like a cat.</source>
<translation>Le bleu ressemble à un chien pour le modèle. Rien ne ressemble à un chat.</translation>
</message>
<message>
<source>Cancel</source>
<translation>Annuler</translation>
</message>
<message>
<source>Cats and dogs</source>
<translation>Chats et chiens</translation>
</message>
<message>
<source>Certainty needed</source>
<translation>Certitude requise</translation>
</message>
<message>
<source>Choose a folder</source>
<translation>Choisir un dossier</translation>
</message>
<message>
<source>Choose a folder …</source>
<translation>Choisir un dossier …</translation>
</message>
<message>
<source>Choose a photo</source>
<translation>Choisir une photo</translation>
</message>
<message>
<source>Choose photos</source>
<translation>Choisir des photos</translation>
</message>
<message>
<source>Choose photos …</source>
<translation>Choisir des photos …</translation>
</message>
<message>
<source>Classify the rest</source>
<translation>Analyser le reste</translation>
</message>
<message>
<source>Classify the waiting photos</source>
<translation>Analyser les photos en attente</translation>
</message>
<message>
<source>Classifying</source>
<translation>Analyse</translation>
</message>
<message>
<source>Clear</source>
<translation>Vider</translation>
</message>
<message>
<source>Clear the window</source>
<translation>Vider la fenêtre</translation>
</message>
<message>
<source>Close</source>
<translation>Fermer</translation>
</message>
<message>
<source>Colour the parts of the photo that look like a cat or a dog to the model</source>
<translation>Colorer les parties de la photo qui ressemblent à un chat ou à un chien pour le modèle</translation>
</message>
<message>
<source>Colours</source>
<translation>Couleurs</translation>
</message>
<message>
<source>Command</source>
<translation>Commande</translation>
</message>
<message>
<source>Comparing both models on the photos you corrected …</source>
<translation>Comparaison des deux modèles sur les photos corrigées …</translation>
</message>
<message>
<source>Computing …</source>
<translation>Consultation du modèle …</translation>
</message>
<message>
<source>Continue</source>
<translation>Continuer</translation>
</message>
<message>
<source>Copy</source>
<translation>Copier</translation>
</message>
<message>
<source>Copy path</source>
<translation>Copier le chemin</translation>
</message>
<message>
<source>Copy the photos</source>
<translation>Copier les photos</translation>
</message>
<message>
<source>Corrections</source>
<translation>Corrections</translation>
</message>
<message>
<source>Corrections …</source>
<translation>Corrections …</translation>
</message>
<message>
<source>Corrections, the latest first</source>
<translation>Corrections, les plus récentes d’abord</translation>
</message>
<message>
<source>Cross-origin request, or a Host header that does not name this computer.</source>
<translation>Requête d’une autre origine, ou en-tête Host qui ne désigne pas cet ordinateur.</translation>
</message>
<message>
<source>Cross-origin requests are refused. Open the service's own page instead.</source>
<translation>Les requêtes d’autres sites sont refusées. Ouvrez plutôt la page du service.</translation>
</message>
<message>
<source>Ctrl+O</source>
<translation>Ctrl+O</translation>
</message>
<message>
<source>Ctrl+Shift+O</source>
<translation>Ctrl+Maj+O</translation>
</message>
<message>
<source>Default</source>
<translation>Par défaut</translation>
</message>
<message>
<source>Despite its name, it is {1}.</source>
<translation>Quoi que dise son nom, c’est {1}.</translation>
</message>
<message>
<source>Drop photos or folders here</source>
<translation>Déposer ici des photos ou des dossiers</translation>
</message>
<message>
<source>Drop photos or folders here, or click to choose some.</source>
<translation>Déposez ici des photos ou des dossiers, ou cliquez pour en choisir.</translation>
</message>
<message>
<source>Each photo is classified: a cat, a dog, both, or neither?
Nothing is moved before you have seen the plan and agreed, and every sort can be undone.
Your photos never leave this computer.</source>
<translation>Chaque photo est analysée : un chat, un chien, les deux ou aucun ?
Rien n’est déplacé avant que vous ayez vu où et accepté, et chaque tri peut être annulé.
Vos photos ne quittent jamais cet ordinateur.</translation>
</message>
<message>
<source>Earlier runs, the latest first</source>
<translation>Opérations passées, les plus récentes d’abord</translation>
</message>
<message>
<source>Empty the window; the photos stay on disk</source>
<translation>Vider la fenêtre ; les photos restent sur le disque</translation>
</message>
<message>
<source>Enter</source>
<translation>Entrée</translation>
</message>
<message>
<source>Escape</source>
<translation>Échap</translation>
</message>
<message>
<source>Every pixel (100%)</source>
<translation>Chaque pixel (100 %)</translation>
</message>
<message>
<source>Everything here can be undone. Files changed since then stay where they are and are listed.</source>
<translation>Tout ce qui est ici peut être annulé. Les fichiers modifiés depuis restent où ils sont et sont listés.</translation>
</message>
<message>
<source>Files that arrived after their photos were sorted: {files}</source>
<translation>Fichiers arrivés après le tri de leurs photos : {files}</translation>
</message>
<message>
<source>Files that arrived later go to their photos, which were sorted earlier: {files}</source>
<translation>Les fichiers arrivés plus tard rejoignent leurs photos, déjà triées : {files}</translation>
</message>
<message>
<source>Fit</source>
<translation>Ajuster</translation>
</message>
<message>
<source>Fit the picture</source>
<translation>Ajuster l’image</translation>
</message>
<message>
<source>Fit the picture into the view (Ctrl+0)</source>
<translation>Ajuster l’image à la vue (Ctrl+0)</translation>
</message>
<message>
<source>Folder for {label}</source>
<translation>Dossier pour {label}</translation>
</message>
<message>
<source>Folder to watch</source>
<translation>Dossier à surveiller</translation>
</message>
<message>
<source>Folders that are empty now were removed: {n}. Undo brings them back.</source>
<translation>Dossiers désormais vides supprimés : {n}. L’annulation les rétablit.</translation>
</message>
<message>
<source>From {folder}:</source>
<translation>De {folder} :</translation>
</message>
<message>
<source>Full screen</source>
<translation>Plein écran</translation>
</message>
<message>
<source>Hide this message</source>
<translation>Masquer ce message</translation>
</message>
<message>
<source>History</source>
<translation>Historique</translation>
</message>
<message>
<source>History …</source>
<translation>Historique …</translation>
</message>
<message>
<source>In the queue: {n} more.</source>
<translation>Dans la file d’attente : encore {n}.</translation>
</message>
<message>
<source>Include</source>
<translation>Inclure</translation>
</message>
<message>
<source>Internal error.</source>
<translation>Erreur interne.</translation>
</message>
<message>
<source>It begins with zeros only, a sign of a failed copy or memory card. Copy it again.</source>
<translation>Elle ne commence que par des zéros, comme après une copie ratée ou une carte défaillante. Copiez-la de nouveau.</translation>
</message>
<message>
<source>It belongs to a photo that was put back, but '{1}' is there.</source>
<translation>Elle appartient à une photo remise en place, mais « {1} » s’y trouve.</translation>
</message>
<message>
<source>It came with the program.</source>
<translation>Fourni avec le programme.</translation>
</message>
<message>
<source>It cannot be read, so its correction cannot be stored ({1}).</source>
<translation>Impossible de la lire pour retenir sa correction ({1}).</translation>
</message>
<message>
<source>It could not be decoded within {1}, so it was skipped.</source>
<translation>Elle n’a pas pu être décodée en {1} ; abandon.</translation>
</message>
<message>
<source>It could not be read from the disk: {1}.</source>
<translation>Le disque n’a pas pu la lire : {1}.</translation>
</message>
<message>
<source>It declares a document type, which no sidecar needs and which can do harm.</source>
<translation>Il déclare un type de document, dont aucun fichier annexe n’a besoin et qui peut nuire.</translation>
</message>
<message>
<source>It has more than {1} streams, so it is not decoded.</source>
<translation>Elle contient plus de {1} flux et n’est donc pas décodée.</translation>
</message>
<message>
<source>It has no video stream.</source>
<translation>Le fichier ne contient pas d’images animées.</translation>
</message>
<message>
<source>It is a link that leads back to itself.</source>
<translation>C’est un lien qui tourne en rond.</translation>
</message>
<message>
<source>It is a link whose target cannot be reached.</source>
<translation>C’est un lien dont la cible est inaccessible.</translation>
</message>
<message>
<source>It is a video. Add --videos to include videos.</source>
<translation>C’est une vidéo. Ajoutez --videos pour analyser aussi les vidéos.</translation>
</message>
<message>
<source>It is damaged, or not written in UTF-8: {1}, line {2}.</source>
<translation>Il est endommagé ou n’est pas en UTF-8 : {1}, ligne {2}.</translation>
</message>
<message>
<source>It is larger than {1} GiB, so it is not read as a photo.</source>
<translation>Elle dépasse {1} Gio : ce n’est pas une photo.</translation>
</message>
<message>
<source>It is larger than {1} MiB, so it was not read.</source>
<translation>Il dépasse {1} Mio et n’a pas été lu.</translation>
</message>
<message>
<source>It is no longer at '{1}': it was moved, renamed or deleted, or its drive is not connected.</source>
<translation>Elle n’est plus dans « {1} » : déplacée, renommée ou supprimée, ou le disque n’est pas branché.</translation>
</message>
<message>
<source>It is no longer there.</source>
<translation>Elle n’est plus là.</translation>
</message>
<message>
<source>It is no longer there: another program moved or deleted it.</source>
<translation>Elle n’est plus là : un autre programme l’a déplacée ou supprimée.</translation>
</message>
<message>
<source>It is not XMP: it has no rdf:Description.</source>
<translation>Ce n’est pas du XMP : rien n’y est décrit.</translation>
</message>
<message>
<source>It is not a picture in a supported format.</source>
<translation>Son contenu n’est pas une image dans un format que ce programme lit, quoi que dise son nom.</translation>
</message>
<message>
<source>It is not a regular file.</source>
<translation>Ce n’est pas un fichier ordinaire.</translation>
</message>
<message>
<source>It is not a video in a supported format.</source>
<translation>Son contenu n’est pas une vidéo dans un format que ce programme lit, quoi que dise son nom.</translation>
</message>
<message>
<source>It stays with '{1}'. {2}</source>
<translation>Il reste avec « {1} ». {2}</translation>
</message>
<message>
<source>It stays with its photo. {1}</source>
<translation>Il reste avec sa photo. {1}</translation>
</message>
<message>
<source>It told cat from dog correctly in {share} of its test photos.</source>
<translation>Il a bien distingué chat et chien sur {share} de ses photos de test.</translation>
</message>
<message>
<source>It was moved, renamed or deleted since the run.</source>
<translation>Elle n’est plus là : elle a été déplacée, renommée ou supprimée depuis.</translation>
</message>
<message>
<source>It was removed after its folder was listed.</source>
<translation>Elle a disparu : elle était là quand le dossier a été parcouru.</translation>
</message>
<message>
<source>Its file is truncated, or has extra data at its end.</source>
<translation>Le fichier se termine trop tôt ou au mauvais endroit.</translation>
</message>
<message>
<source>Its folder or the target folder cannot be changed, or another program has the file open. Check the permissions and try again.</source>
<translation>Vous ne pouvez pas modifier son dossier ou celui de destination, ou un autre programme l’a ouverte. Vérifiez les droits et réessayez.</translation>
</message>
<message>
<source>Its header states frames of {1} x {2} pixels; at most {3} megapixels are decoded, to limit memory.</source>
<translation>Ses images annoncent {1} x {2} pixels ; au plus {3} mégapixels sont décodés, pour ménager la mémoire.</translation>
</message>
<message>
<source>Its header states {1} x {2} pixels; at most {3} megapixels are decoded, to limit memory.</source>
<translation>Elle annonce {1} x {2} pixels ; au plus {3} mégapixels sont décodés, pour ménager la mémoire.</translation>
</message>
<message>
<source>Its original place '{1}' is taken by another file.</source>
<translation>Son emplacement d’origine « {1} » est pris par un autre fichier.</translation>
</message>
<message>
<source>Its sidecar '{1}' was left as it is. {2}</source>
<translation>Son fichier annexe « {1} » a été laissé tel quel. {2}</translation>
</message>
<message>
<source>Its structure is not supported: {1}.</source>
<translation>Il est construit d’une façon que ce programme ne connaît pas : {1}.</translation>
</message>
<message>
<source>Its video codec is not supported.</source>
<translation>Son codage n’est pas de ceux que ce programme décode.</translation>
</message>
<message>
<source>JPEG XL needs imagecodecs, which is not installed. Run `pip install 'catdog-sorter[formats]'`.</source>
<translation>Les photos JPEG XL demandent un module en plus. Exécutez `pip install 'catdog-sorter[formats]'`.</translation>
</message>
<message>
<source>JSON, a photo a line (*.jsonl)</source>
<translation>JSON, une photo par ligne (*.jsonl)</translation>
</message>
<message>
<source>Keep the best model so far</source>
<translation>Garder le meilleur de ce qui a été appris</translation>
</message>
<message>
<source>Keep the current model</source>
<translation>Garder le modèle actuel</translation>
</message>
<message>
<source>Keys</source>
<translation>Touches</translation>
</message>
<message>
<source>Label the selected photos</source>
<translation>Classer les photos sélectionnées</translation>
</message>
<message>
<source>Label this photo and go on to the next</source>
<translation>Classer cette photo et passer à la suivante</translation>
</message>
<message>
<source>Label: {label}</source>
<translation>Classer : {label}</translation>
</message>
<message>
<source>Language</source>
<translation>Langue</translation>
</message>
<message>
<source>Large picture</source>
<translation>Grande image</translation>
</message>
<message>
<source>Learn</source>
<translation>Apprendre</translation>
</message>
<message>
<source>Learn from corrections …</source>
<translation>Apprendre des corrections …</translation>
</message>
<message>
<source>Learn from my corrections</source>
<translation>Apprendre de mes corrections</translation>
</message>
<message>
<source>Learn …</source>
<translation>Apprendre …</translation>
</message>
<message>
<source>Learning needs PyTorch or TensorFlow, and neither is installed. Run `pip install 'catdog-sorter[torch]'` and open this again. Your corrections apply in any case.</source>
<translation>L’apprentissage demande PyTorch ou TensorFlow, et aucun n’est installé. Exécutez `pip install 'catdog-sorter[torch]'` et rouvrez cette fenêtre. Vos corrections comptent dans tous les cas.</translation>
</message>
<message>
<source>Left alone, as the system or other programs keep their files there: {names}</source>
<translation>Laissés de côté, car le système ou d’autres programmes y gardent leurs fichiers : {names}</translation>
</message>
<message>
<source>Left out, as they are in iCloud only: {photos}</source>
<translation>Laissées de côté, car seulement dans iCloud : {photos}</translation>
</message>
<message>
<source>Link</source>
<translation>Lier</translation>
</message>
<message>
<source>Links to photos that are moved will break.</source>
<translation>Les liens vers les photos déplacées ne mèneront plus nulle part.</translation>
</message>
<message>
<source>Look again</source>
<translation>Relire les dossiers</translation>
</message>
<message>
<source>Looking for the photos you corrected …</source>
<translation>Recherche des photos corrigées …</translation>
</message>
<message>
<source>Make hard links</source>
<translation>Créer des liens physiques</translation>
</message>
<message>
<source>Make relative symbolic links</source>
<translation>Créer des liens symboliques relatifs</translation>
</message>
<message>
<source>Make symbolic links</source>
<translation>Créer des liens symboliques</translation>
</message>
<message>
<source>Marked {label}</source>
<translation>Classée : {label}</translation>
</message>
<message>
<source>Messages of the training</source>
<translation>Messages de l’entraînement</translation>
</message>
<message>
<source>Model</source>
<translation>Modèle</translation>
</message>
<message>
<source>Model's label</source>
<translation>Comme le dit le modèle</translation>
</message>
<message>
<source>Model, folders, colours (Ctrl+,)</source>
<translation>Modèle, dossiers, couleurs (Ctrl+,)</translation>
</message>
<message>
<source>Move</source>
<translation>Déplacer</translation>
</message>
<message>
<source>Move the photos</source>
<translation>Déplacer les photos</translation>
</message>
<message>
<source>Move them there …</source>
<translation>Les y apporter …</translation>
</message>
<message>
<source>Moved to photos that were sorted earlier: {files}</source>
<translation>Apportés auprès de photos déjà triées : {files}</translation>
</message>
<message>
<source>Name the folder of one label at least.</source>
<translation>Indiquez le dossier d’au moins une catégorie.</translation>
</message>
<message>
<source>New photos in this folder are sorted automatically while the window is open, and so are those that are there already. Every sort is in the history and can be undone.</source>
<translation>Les nouvelles photos de ce dossier sont triées automatiquement tant que la fenêtre est ouverte, ainsi que celles qui s’y trouvent déjà. Chaque tri figure dans l’historique et peut être annulé.</translation>
</message>
<message>
<source>Next photo</source>
<translation>Photo suivante</translation>
</message>
<message>
<source>No folder is chosen yet.</source>
<translation>Aucun dossier n’est encore choisi.</translation>
</message>
<message>
<source>No model was trained. The messages of the training are below.</source>
<translation>Aucun modèle n’a été entraîné. Les messages de l’entraînement figurent ci-dessous.</translation>
</message>
<message>
<source>No part of this photo looks like a cat or a dog to the model.</source>
<translation>Aucune partie de cette photo ne ressemble à un chat ou à un chien pour le modèle.</translation>
</message>
<message>
<source>No photo is kept.</source>
<translation>Aucune photo n’est conservée.</translation>
</message>
<message>
<source>No photo matches.</source>
<translation>Aucune photo ne correspond.</translation>
</message>
<message>
<source>No photos have been sorted yet.</source>
<translation>Aucune photo n’a encore été triée.</translation>
</message>
<message>
<source>No photos were found in {names}.</source>
<translation>Aucune photo n’a été trouvée dans {names}.</translation>
</message>
<message>
<source>No photos were found there. Nothing was changed.</source>
<translation>Aucune photo trouvée à cet endroit. Rien n’a été modifié.</translation>
</message>
<message>
<source>Not classified yet: {photos}</source>
<translation>Pas encore analysées : {photos}</translation>
</message>
<message>
<source>Not kept on another drive: {attribute} ({number})</source>
<translation>Non conservé sur un autre disque : {attribute} ({number})</translation>
</message>
<message>
<source>Not searched, because sorted photos go there: {names}</source>
<translation>Non parcouru, car les photos triées y vont : {names}</translation>
</message>
<message>
<source>Not sorted: {list}</source>
<translation>Non triées : {list}</translation>
</message>
<message>
<source>Not sorted: {reason}</source>
<translation>Non triée : {reason}</translation>
</message>
<message>
<source>Nothing has been moved yet. A click or Space leaves a photo out; drag it to another column, or press {keys}, to correct it.</source>
<translation>Rien n’a encore été déplacé. Un clic ou la barre d’espace écarte une photo ; faites-la glisser dans une autre colonne ou appuyez sur {keys} pour la corriger.</translation>
</message>
<message>
<source>Nothing was changed. Move that file away to continue without your corrections, or restore it from a backup to keep them. Sorting runs can still be undone.</source>
<translation>Rien n’a été modifié. Déplacez ce fichier pour continuer sans vos corrections, ou restaurez-le depuis une sauvegarde pour les garder. Les tris peuvent toujours être annulés.</translation>
</message>
<message>
<source>Nothing was changed. Move that file away to start with an empty one; runs recorded in it can then no longer be undone.</source>
<translation>Rien n’a été modifié. Déplacez ce fichier pour repartir d’un fichier vide ; ce qu’il contient ne pourra alors plus être annulé.</translation>
</message>
<message>
<source>Nothing was sorted</source>
<translation>Rien n’a été trié</translation>
</message>
<message>
<source>OK</source>
<translation>OK</translation>
</message>
<message>
<source>Of {photos} you corrected, the current model labels {old} as you did, the new one {new}. The new one was trained on most of these photos, so it should do better here. Its results on other photos are shown above.</source>
<translation>Parmi {photos} que vous avez corrigées, le modèle actuel en classe {old} comme vous, le nouveau {new}. Le nouveau a appris de la plupart de ces photos et devrait donc mieux réussir ici ; son résultat sur des photos jamais vues figure ci-dessus.</translation>
</message>
<message>
<source>One photo after the other, the least sure first (F5)</source>
<translation>Une photo après l’autre, les moins sûres d’abord (F5)</translation>
</message>
<message>
<source>One photo, large</source>
<translation>Une photo, en grand</translation>
</message>
<message>
<source>Only photos that are classified and can be read can be labelled.</source>
<translation>Seules les photos analysées et lisibles peuvent être classées.</translation>
</message>
<message>
<source>Open folder</source>
<translation>Ouvrir le dossier</translation>
</message>
<message>
<source>Open in its own program</source>
<translation>Ouvrir dans son application</translation>
</message>
<message>
<source>Open it</source>
<translation>Ouvrir</translation>
</message>
<message>
<source>Open the file</source>
<translation>Ouvrir le fichier</translation>
</message>
<message>
<source>Open the folder these photos came from, to sort new photos in it</source>
<translation>Ouvrir le dossier d’où viennent ces photos, pour y trier les nouvelles</translation>
</message>
<message>
<source>Open the photo large, and back</source>
<translation>Ouvrir la photo en grand, et retour</translation>
</message>
<message>
<source>Open this folder again</source>
<translation>Ouvrir à nouveau ce dossier</translation>
</message>
<message>
<source>Open {name} large</source>
<translation>Ouvrir {name} en grand</translation>
</message>
<message>
<source>Orange looks like a cat to the model, blue like a dog.</source>
<translation>L’orange ressemble à un chat pour le modèle, le bleu à un chien.</translation>
</message>
<message>
<source>Orange looks like a cat to the model. No part looks like a dog.</source>
<translation>L’orange ressemble à un chat pour le modèle. Rien ne ressemble à un chien.</translation>
</message>
<message>
<source>Order</source>
<translation>Ordre</translation>
</message>
<message>
<source>Page of pictures (*.html)</source>
<translation>Page d’images (*.html)</translation>
</message>
<message>
<source>Paste</source>
<translation>Coller</translation>
</message>
<message>
<source>Permission to read it was denied. Give yourself read permission.</source>
<translation>Lecture refusée : accordez-vous le droit de lecture.</translation>
</message>
<message>
<source>Photos</source>
<translation>Photos</translation>
</message>
<message>
<source>Photos already sorted stay sorted</source>
<translation>Ce qui a été trié reste trié</translation>
</message>
<message>
<source>Photos are being moved. Undo when that is done, or stop it.</source>
<translation>Des photos sont en cours de déplacement. Annulez ensuite, ou arrêtez l’opération.</translation>
</message>
<message>
<source>Photos cannot be classified.</source>
<translation>Les photos ne peuvent pas être classées.</translation>
</message>
<message>
<source>Photos of cats go to a folder for cats, dogs to one for dogs, photos of both to a third, and all others stay where they are.</source>
<translation>Les photos de chats vont dans un dossier pour chats, celles de chiens dans un dossier pour chiens, celles des deux dans un troisième, et toutes les autres restent où elles sont.</translation>
</message>
<message>
<source>Photos that were already sorted stay sorted; you can undo that later.</source>
<translation>Les photos triées restent triées et peuvent être remises en place plus tard.</translation>
</message>
<message>
<source>Planning</source>
<translation>Préparation</translation>
</message>
<message>
<source>Planning …</source>
<translation>Préparation …</translation>
</message>
<message>
<source>Previous photo</source>
<translation>Photo précédente</translation>
</message>
<message>
<source>Progress</source>
<translation>Progression</translation>
</message>
<message>
<source>Progress of the training</source>
<translation>Progression de l’entraînement</translation>
</message>
<message>
<source>Put them back</source>
<translation>Les remettre en place</translation>
</message>
<message>
<source>Put these photos back</source>
<translation>Remettre ces photos en place</translation>
</message>
<message>
<source>Putting back</source>
<translation>Remise en place</translation>
</message>
<message>
<source>Putting back …</source>
<translation>Remise en place …</translation>
</message>
<message>
<source>Quit</source>
<translation>Quitter</translation>
</message>
<message>
<source>Reading it takes more than {1} seconds, so it was not read.</source>
<translation>Sa lecture prend plus de {1} secondes ; il n’a pas été lu.</translation>
</message>
<message>
<source>Reading the corrections …</source>
<translation>Lecture des corrections …</translation>
</message>
<message>
<source>Reading the history …</source>
<translation>Lecture de l’historique …</translation>
</message>
<message>
<source>Recent folders</source>
<translation>Derniers dossiers</translation>
</message>
<message>
<source>Redo</source>
<translation>Rétablir</translation>
</message>
<message>
<source>Remove the selected corrections; the photos stay</source>
<translation>Retirer les corrections sélectionnées ; les photos restent</translation>
</message>
<message>
<source>Remove your correction, also one from an earlier day</source>
<translation>Retirer votre correction, même ancienne</translation>
</message>
<message>
<source>Report made</source>
<translation>Rapport du</translation>
</message>
<message>
<source>Restore all files of this run</source>
<translation>Remettre à sa place tout ce que cette opération a traité</translation>
</message>
<message>
<source>Review</source>
<translation>Passer en revue</translation>
</message>
<message>
<source>Review, least sure first</source>
<translation>Passer en revue, les moins sûres d’abord</translation>
</message>
<message>
<source>Run `catdog-sort cache clear`; photos are then classified again.</source>
<translation>Lancez `catdog-sort cache clear` ; les photos seront alors classées de nouveau.</translation>
</message>
<message>
<source>Run pip install 'catdog-sorter[video]' first.</source>
<translation>Exécutez d’abord pip install 'catdog-sorter[video]'.</translation>
</message>
<message>
<source>Run {number}</source>
<translation>Opération {number}</translation>
</message>
<message>
<source>Save report</source>
<translation>Enregistrer le rapport</translation>
</message>
<message>
<source>Save report …</source>
<translation>Enregistrer le rapport …</translation>
</message>
<message>
<source>Save what is shown as a table</source>
<translation>Enregistrer ce qui est affiché sous forme de tableau</translation>
</message>
<message>
<source>Search by name</source>
<translation>Rechercher par nom</translation>
</message>
<message>
<source>Search names and folders</source>
<translation>Rechercher noms et dossiers</translation>
</message>
<message>
<source>Search there too</source>
<translation>Y chercher aussi</translation>
</message>
<message>
<source>See what would go where, then move it (Ctrl+Return)</source>
<translation>Voir ce qui irait où, puis déplacer (Ctrl+Entrée)</translation>
</message>
<message>
<source>Select all photos</source>
<translation>Sélectionner toutes les photos</translation>
</message>
<message>
<source>Send one photo a request.</source>
<translation>Envoyez une photo par requête.</translation>
</message>
<message>
<source>Settings</source>
<translation>Paramètres</translation>
</message>
<message>
<source>Settings …</source>
<translation>Paramètres …</translation>
</message>
<message>
<source>Show</source>
<translation>Afficher</translation>
</message>
<message>
<source>Show all</source>
<translation>Tout afficher</translation>
</message>
<message>
<source>Show and undo earlier sorts (Ctrl+H)</source>
<translation>Voir les tris passés et les annuler (Ctrl+H)</translation>
</message>
<message>
<source>Show in its folder</source>
<translation>Afficher dans son dossier</translation>
</message>
<message>
<source>Show only these photos</source>
<translation>Afficher seulement ces photos</translation>
</message>
<message>
<source>Show them</source>
<translation>Les afficher</translation>
</message>
<message>
<source>Show what failed</source>
<translation>Afficher les échecs</translation>
</message>
<message>
<source>Size</source>
<translation>Taille</translation>
</message>
<message>
<source>Size of the pictures</source>
<translation>Taille des images</translation>
</message>
<message>
<source>Some of its photos</source>
<translation>Quelques-unes de ses photos</translation>
</message>
<message>
<source>Something went wrong in the window ({error}). No photo was lost; please report it.</source>
<translation>Une erreur s’est produite dans la fenêtre ({error}). Aucune photo n’a été perdue ; merci de la signaler.</translation>
</message>
<message>
<source>Sort</source>
<translation>Trier</translation>
</message>
<message>
<source>Sort that folder again …</source>
<translation>Trier à nouveau ce dossier …</translation>
</message>
<message>
<source>Sort …</source>
<translation>Trier …</translation>
</message>
<message>
<source>Sorted</source>
<translation>Tri</translation>
</message>
<message>
<source>Sorting</source>
<translation>Tri</translation>
</message>
<message>
<source>Space</source>
<translation>Espace</translation>
</message>
<message>
<source>Standard</source>
<translation>Standard</translation>
</message>
<message>
<source>Stop</source>
<translation>Arrêter</translation>
</message>
<message>
<source>Stop and close</source>
<translation>Arrêter et fermer</translation>
</message>
<message>
<source>Stop safely; everything done so far is kept</source>
<translation>Arrêter au prochain point sûr ; ce qui est fait reste fait</translation>
</message>
<message>
<source>Stop watching</source>
<translation>Ne plus surveiller</translation>
</message>
<message>
<source>Stopped before it was decoded.</source>
<translation>Arrêté avant le décodage.</translation>
</message>
<message>
<source>Stopped.</source>
<translation>Arrêté.</translation>
</message>
<message>
<source>Stopping …</source>
<translation>Arrêt en cours …</translation>
</message>
<message>
<source>Table (*.csv)</source>
<translation>Tableau (*.csv)</translation>
</message>
<message>
<source>Tag</source>
<translation>Écrire les mots-clés</translation>
</message>
<message>
<source>Takes effect at the next start of the window</source>
<translation>À partir du prochain démarrage de la fenêtre</translation>
</message>
<message>
<source>That is not the token.</source>
<translation>Ce n’est pas le bon jeton.</translation>
</message>
<message>
<source>That program will no longer find photos that are moved: {folders}</source>
<translation>Ce programme ne trouvera plus les photos déplacées : {folders}</translation>
</message>
<message>
<source>That was the last photo.</source>
<translation>C’était la dernière photo.</translation>
</message>
<message>
<source>The body is not a multipart form.</source>
<translation>Le corps n’est pas un formulaire multipart.</translation>
</message>
<message>
<source>The clipboard holds no photos. Copy files or folders first.</source>
<translation>Le presse-papiers ne contient pas de photos. Copiez d’abord des fichiers ou des dossiers.</translation>
</message>
<message>
<source>The copy of '{1}' reads back differently, so the original was kept. Check the drive of '{2}' for errors.</source>
<translation>La copie de « {1} » relue est différente ; l’original a été gardé. Vérifiez le disque de « {2} ».</translation>
</message>
<message>
<source>The drive is full. Free some space and try again.</source>
<translation>Le disque est plein. Libérez de la place et réessayez.</translation>
</message>
<message>
<source>The drive is read-only. Copy instead of moving, into a folder elsewhere.</source>
<translation>Le disque est en lecture seule. Copiez au lieu de déplacer, dans un dossier ailleurs.</translation>
</message>
<message>
<source>The drive reports an error. Check its cable and its health before you continue.</source>
<translation>Le disque signale une erreur. Vérifiez son câble et son état avant de continuer.</translation>
</message>
<message>
<source>The drive reports its name and others as taken, although no files have them. Check the drive for errors.</source>
<translation>Le disque dit que ce nom et d’autres sont pris, alors que rien ne les porte. Vérifiez le disque.</translation>
</message>
<message>
<source>The file does not hold a picture that can be shown.</source>
<translation>Le fichier ne contient pas d’image affichable.</translation>
</message>
<message>
<source>The file is empty.</source>
<translation>Le fichier est vide.</translation>
</message>
<message>
<source>The folder '{1}' was replaced after the photos were read, so they were left alone. Try again.</source>
<translation>Le dossier « {1} » a été remplacé ou supprimé après la lecture des photos ; elles n’ont donc pas été touchées. Réessayez.</translation>
</message>
<message>
<source>The folder is no longer watched. {reason}</source>
<translation>Le dossier n’est plus surveillé. {reason}</translation>
</message>
<message>
<source>The form holds no photo, too many, or something else.</source>
<translation>Le formulaire ne contient aucune photo, en contient trop, ou autre chose.</translation>
</message>
<message>
<source>The form is malformed.</source>
<translation>Le formulaire est mal formé.</translation>
</message>
<message>
<source>The interface for programs</source>
<translation>L’interface pour les programmes</translation>
</message>
<message>
<source>The lock file '{1}' cannot be used ({2}), so nothing was moved. Set CATDOG_SORTER_HOME to a folder on a local drive that you can write to.</source>
<translation>Le fichier de verrouillage « {1} » est inutilisable ({2}) ; rien n’a été déplacé. Donnez à CATDOG_SORTER_HOME un dossier d’un disque local où vous pouvez écrire.</translation>
</message>
<message>
<source>The name would be too long there. Choose a folder with a shorter path.</source>
<translation>Le nom y serait trop long. Choisissez un dossier au chemin plus court.</translation>
</message>
<message>
<source>The new model was saved, but the two models could not be compared.</source>
<translation>Le nouveau modèle est prêt, mais les deux n’ont pas pu être comparés.</translation>
</message>
<message>
<source>The original '{1}' no longer exists, so the file made from it was kept.</source>
<translation>L’original « {1} » a disparu ; ce qui en a été fait est donc gardé.</translation>
</message>
<message>
<source>The original '{1}' was changed since; the copy may be the only one of the earlier version.</source>
<translation>L’original « {1} » a changé depuis ; la copie est peut-être la seule de la version précédente.</translation>
</message>
<message>
<source>The part of the program that reads photos stopped unexpectedly, perhaps because of a damaged photo. No photo was lost. Classify again to continue.</source>
<translation>La partie du programme qui lit les photos s’est arrêtée de façon inattendue, peut-être à cause d’une photo endommagée. Aucune photo n’a été perdue. Relancez l’analyse pour continuer.</translation>
</message>
<message>
<source>The photo is too large for this service.</source>
<translation>La photo est trop volumineuse pour ce service.</translation>
</message>
<message>
<source>The photos could not be classified in time.</source>
<translation>Les photos n’ont pas pu être classées à temps.</translation>
</message>
<message>
<source>The photos did not arrive in time.</source>
<translation>Les photos ne sont pas arrivées à temps.</translation>
</message>
<message>
<source>The photos stay where they are; keywords are written beside them (XMP).</source>
<translation>Les photos restent où elles sont ; des mots-clés sont écrits à côté (XMP).</translation>
</message>
<message>
<source>The picture is cut off: the end of the file is missing.</source>
<translation>L’image est tronquée : la fin du fichier manque.</translation>
</message>
<message>
<source>The picture is damaged or cut off: only its first bytes can be read.</source>
<translation>L’image est endommagée ou tronquée : seuls ses premiers octets ont un sens.</translation>
</message>
<message>
<source>The picture is damaged, or made in a way this program cannot decode ({1}).</source>
<translation>L’image est endommagée, ou faite d’une façon que ce programme ne sait pas décoder ({1}).</translation>
</message>
<message>
<source>The process that decodes photos could not be started ({1}). Close other programs and try again, or install catdog-sorter again in a fresh environment.</source>
<translation>La partie du programme qui décode les photos n’a pas pu démarrer ({1}). Fermez d’autres programmes et réessayez, ou réinstallez catdog-sorter dans un environnement neuf.</translation>
</message>
<message>
<source>The report is saved: {file}</source>
<translation>Le rapport est enregistré : {file}</translation>
</message>
<message>
<source>The report {1} cannot be written ({2}). Give another place for it, or make room.</source>
<translation>Impossible d’écrire le rapport {1} ({2}). Donnez un autre emplacement ou libérez de la place.</translation>
</message>
<message>
<source>The request is too large.</source>
<translation>La requête est trop grande.</translation>
</message>
<message>
<source>The service does not answer.</source>
<translation>Le service ne répond pas.</translation>
</message>
<message>
<source>The service is at capacity. Retry in a second.</source>
<translation>Le service est saturé. Réessayez dans une seconde.</translation>
</message>
<message>
<source>The service took too long.</source>
<translation>Le service a mis trop de temps.</translation>
</message>
<message>
<source>The system does not permit it. Check the permissions, or copy instead.</source>
<translation>Le système ne le permet pas. Vérifiez les droits, ou copiez plutôt.</translation>
</message>
<message>
<source>The system reports: {1}.</source>
<translation>Le système indique : {1}.</translation>
</message>
<message>
<source>The target drive does not accept the name '{1}', or the folder was just removed. Rename the photo, or sort again.</source>
<translation>Le disque de destination n’accepte pas le nom « {1} », ou vient de perdre ce dossier. Renommez-la ou triez de nouveau.</translation>
</message>
<message>
<source>The target drive does not support this. Copy instead.</source>
<translation>Le disque de destination ne le permet pas. Copiez plutôt.</translation>
</message>
<message>
<source>The token is missing or wrong.</source>
<translation>Le jeton manque ou est incorrect.</translation>
</message>
<message>
<source>The training is still running. Press Stop to end it.</source>
<translation>L’entraînement continue. « Arrêter » y met fin.</translation>
</message>
<message>
<source>The video is damaged or cut off, or made in a way this program cannot decode.</source>
<translation>La vidéo est endommagée ou tronquée, ou faite d’une façon que ce programme ne sait pas décoder.</translation>
</message>
<message>
<source>The video is damaged or cut off: too few of its frames can be decoded.</source>
<translation>La vidéo est endommagée ou tronquée : trop peu de ses images sont lisibles.</translation>
</message>
<message>
<source>The {1} is damaged: decoding it fails ({2}).</source>
<translation>{1} : endommagé, le décodage échoue ({2}).</translation>
</message>
<message>
<source>The {1} of {2} could not be kept on another drive.</source>
<translation>N’a pas pu être conservé sur un autre disque : {1} de {2}.</translation>
</message>
<message>
<source>There is not enough memory to decode it.</source>
<translation>Trop peu de mémoire pour la décoder.</translation>
</message>
<message>
<source>There is nothing to report until photos are classified.</source>
<translation>Rien à rapporter tant qu’aucune photo n’a été analysée.</translation>
</message>
<message>
<source>There is nothing to sort.</source>
<translation>Il n’y a rien à trier.</translation>
</message>
<message>
<source>This camera RAW file holds no preview of a useful size. Run `pip install 'catdog-sorter[raw]'` to decode it.</source>
<translation>Ce fichier RAW ne contient pas d’aperçu assez grand. Exécutez `pip install 'catdog-sorter[raw]'` pour qu’il soit développé.</translation>
</message>
<message>
<source>This camera RAW file is damaged, or from a camera too new for the decoder. `pip install --upgrade rawpy` may help.</source>
<translation>Ce fichier RAW est endommagé, ou vient d’un appareil trop récent pour le décodeur. `pip install --upgrade rawpy` peut aider.</translation>
</message>
<message>
<source>This folder cannot be opened: {1}.</source>
<translation>Ce dossier ne peut pas être ouvert : {1}.</translation>
</message>
<message>
<source>This model has no results for parts of a photo.</source>
<translation>Ce modèle ne lit une photo que dans son ensemble ; il n’y a donc pas de parties à montrer.</translation>
</message>
<message>
<source>This page draws its photos with a script of its own; allow it to run to see them.</source>
<translation>Cette page affiche ses photos avec son propre script ; autorisez-le pour les voir.</translation>
</message>
<message>
<source>This photo has the model's label already: you have not corrected it.</source>
<translation>L’avis du modèle vaut déjà : vous n’avez pas corrigé cette photo.</translation>
</message>
<message>
<source>This service asks for its token:</source>
<translation>Ce service demande son jeton :</translation>
</message>
<message>
<source>This service is for the computer it runs on. Call it localhost, or start it with a token.</source>
<translation>Ce service est pour l’ordinateur où il tourne. Appelez-le localhost, ou démarrez-le avec un jeton.</translation>
</message>
<message>
<source>This service needs its token. Send the header `Authorization: Bearer TOKEN`.</source>
<translation>Ce service exige son jeton. Envoyez l’en-tête `Authorization: Bearer TOKEN`.</translation>
</message>
<message>
<source>Too little room in {folder}: {needed} are needed, {free} are free.</source>
<translation>Trop peu de place dans {folder} : il faut {needed}, {free} sont libres.</translation>
</message>
<message>
<source>Train a model with the photos you have corrected</source>
<translation>Entraîner un modèle avec les photos que vous avez corrigées</translation>
</message>
<message>
<source>Trains a new model, “{name}”, on {photos} you have corrected and on those you have sorted, so check the sorted folders first. A few hundred photos take some minutes; you can keep using the window. The current model stays in use until you choose the new one.</source>
<translation>Entraîne un nouveau modèle, « {name} », sur {photos} que vous avez corrigées et sur celles que vous avez triées ; parcourez donc d’abord les dossiers triés. Quelques centaines de photos prennent quelques minutes ; la fenêtre reste utilisable. Le modèle actuel reste en place jusqu’à votre choix.</translation>
</message>
<message>
<source>Try it with these photos</source>
<translation>Essayer avec ces photos</translation>
</message>
<message>
<source>Undo</source>
<translation>Annuler</translation>
</message>
<message>
<source>Undo {step}</source>
<translation>Annuler : {step}</translation>
</message>
<message>
<source>Unexpected error ({1}: {2}). No photo was lost; try again and report it if it persists.</source>
<translation>Erreur inattendue ({1} : {2}). Aucune photo n’a été perdue ; réessayez, et signalez-la si elle persiste.</translation>
</message>
<message>
<source>Use the new model</source>
<translation>Utiliser le nouveau modèle</translation>
</message>
<message>
<source>Use the values that the model came with</source>
<translation>Utiliser les valeurs fournies avec le modèle</translation>
</message>
<message>
<source>Uses copies of them; your own photos are not touched</source>
<translation>Des copies ; vos propres photos ne sont pas touchées</translation>
</message>
<message>
<source>Videos need PyAV, which is not installed. Run `pip install 'catdog-sorter[video]'`.</source>
<translation>Les vidéos demandent un module en plus. Exécutez `pip install 'catdog-sorter[video]'`.</translation>
</message>
<message>
<source>Videos passed over: {n}. The settings can include them.</source>
<translation>Vidéos ignorées : {n}. Les réglages permettent de les inclure.</translation>
</message>
<message>
<source>Watch</source>
<translation>Surveiller</translation>
</message>
<message>
<source>Watch a folder</source>
<translation>Surveiller un dossier</translation>
</message>
<message>
<source>Watch a folder …</source>
<translation>Surveiller un dossier …</translation>
</message>
<message>
<source>Watching {folder}: {photos} sorted so far, {failed} could not be sorted.</source>
<translation>Surveillance de {folder} : triées jusqu’ici : {photos}, impossibles à trier : {failed}.</translation>
</message>
<message>
<source>Watching {folder}: {photos} sorted so far.</source>
<translation>Surveillance de {folder} : triées jusqu’ici : {photos}.</translation>
</message>
<message>
<source>What a run would do</source>
<translation>Ce que ferait une opération</translation>
</message>
<message>
<source>What goes where</source>
<translation>Ce qui va où</translation>
</message>
<message>
<source>What the photos show</source>
<translation>Ce que montrent les photos</translation>
</message>
<message>
<source>What to do</source>
<translation>Que faire</translation>
</message>
<message>
<source>Where</source>
<translation>Où</translation>
</message>
<message>
<source>Where the model looks</source>
<translation>Où le modèle regarde</translation>
</message>
<message>
<source>Where the model looks ({key})</source>
<translation>Où le modèle regarde ({key})</translation>
</message>
<message>
<source>Where to make the folders</source>
<translation>Où créer les dossiers</translation>
</message>
<message>
<source>With {n} companion files</source>
<translation>Fichiers associés qui suivent : {n}</translation>
</message>
<message>
<source>Write keywords</source>
<translation>Écrire des mots-clés</translation>
</message>
<message>
<source>Writing the report</source>
<translation>Écriture du rapport</translation>
</message>
<message>
<source>You have not corrected any photo yet. Select photos and press C, D, B or N.</source>
<translation>Vous n’avez encore corrigé aucune photo. Sélectionnez des photos et appuyez sur C, D, B ou N.</translation>
</message>
<message>
<source>You trained or added it.</source>
<translation>Entraîné ou ajouté par vous.</translation>
</message>
<message>
<source>Your quota on this drive is used up. Free some space and try again.</source>
<translation>Votre quota sur ce disque est épuisé. Libérez de la place et réessayez.</translation>
</message>
<message>
<source>Zoom in</source>
<translation>Zoom avant</translation>
</message>
<message>
<source>Zoom in (Ctrl++)</source>
<translation>Zoom avant (Ctrl++)</translation>
</message>
<message>
<source>Zoom out</source>
<translation>Zoom arrière</translation>
</message>
<message>
<source>Zoom out (Ctrl+-)</source>
<translation>Zoom arrière (Ctrl+-)</translation>
</message>
<message>
<source>a link leads here: {link}</source>
<translation>un lien mène ici : {link}</translation>
</message>
<message>
<source>access control list</source>
<translation>liste de contrôle d’accès</translation>
</message>
<message>
<source>all</source>
<translation>toutes</translation>
</message>
<message>
<source>already there with the same content</source>
<translation>déjà là avec le même contenu</translation>
</message>
<message>
<source>also photos another program keeps a database of</source>
<translation>aussi les photos de la base d’un autre programme</translation>
</message>
<message>
<source>also photos that links lead to</source>
<translation>aussi les photos vers lesquelles mènent des liens</translation>
</message>
<message>
<source>arrived later</source>
<translation>arrivé plus tard</translation>
</message>
<message>
<source>as a list</source>
<translation>en liste</translation>
</message>
<message>
<source>as found</source>
<translation>ordre d’origine</translation>
</message>
<message>
<source>as the system</source>
<translation>comme le système</translation>
</message>
<message>
<source>both</source>
<translation>les deux</translation>
</message>
<message>
<source>by name</source>
<translation>par nom</translation>
</message>
<message>
<source>cat</source>
<translation>chat</translation>
</message>
<message>
<source>cat or dog: at least {present}, neither: at most {absent}</source>
<translation>chat ou chien : au moins {present}, aucun : au plus {absent}</translation>
</message>
<message>
<source>cat {cat}, dog {dog}</source>
<translation>chat {cat}, chien {dog}</translation>
</message>
<message>
<source>command</source>
<translation>commande</translation>
</message>
<message numerus="yes">
<source>copied</source>
<translation>
<numerusform>copiée</numerusform>
<numerusform>copiées</numerusform>
</translation>
</message>
<message>
<source>corrected</source>
<translation>corrigées</translation>
</message>
<message>
<source>dark</source>
<translation>sombre</translation>
</message>
<message>
<source>dog</source>
<translation>chien</translation>
</message>
<message>
<source>done</source>
<translation>terminé</translation>
</message>
<message>
<source>extended attributes</source>
<translation>attributs étendus</translation>
</message>
<message numerus="yes">
<source>failed</source>
<translation>
<numerusform>échec</numerusform>
<numerusform>échec</numerusform>
</translation>
</message>
<message>
<source>found by symbolic links</source>
<translation>trouvées par des liens symboliques</translation>
</message>
<message>
<source>from</source>
<translation>de</translation>
</message>
<message>
<source>hard links</source>
<translation>liens physiques</translation>
</message>
<message>
<source>have these keywords already</source>
<translation>ont déjà ces mots-clés</translation>
</message>
<message>
<source>in a folder that another program keeps a database of</source>
<translation>dans un dossier dont un autre programme tient une base de données</translation>
</message>
<message>
<source>in another folder …</source>
<translation>dans un autre dossier …</translation>
</message>
<message>
<source>in the folder you added</source>
<translation>dans le dossier ajouté</translation>
</message>
<message>
<source>in the review</source>
<translation>dans la revue</translation>
</message>
<message>
<source>in the right folder already</source>
<translation>déjà dans le bon dossier</translation>
</message>
<message>
<source>in {folder}</source>
<translation>dans {folder}</translation>
</message>
<message>
<source>incomplete file</source>
<translation>fichier incomplet</translation>
</message>
<message>
<source>interrupted</source>
<translation>interrompu</translation>
</message>
<message>
<source>its photo was sorted earlier, and is gone or changed since</source>
<translation>sa photo a été triée plus tôt, et a disparu ou changé depuis</translation>
</message>
<message>
<source>keywords: {words}</source>
<translation>mots-clés : {words}</translation>
</message>
<message>
<source>label</source>
<translation>catégorie</translation>
</message>
<message>
<source>late companions too ({files})</source>
<translation>aussi les fichiers associés arrivés plus tard ({files})</translation>
</message>
<message>
<source>least sure first</source>
<translation>moins sûres d’abord</translation>
</message>
<message numerus="yes">
<source>left</source>
<translation>
<numerusform>laissée sur place</numerusform>
<numerusform>laissées sur place</numerusform>
</translation>
</message>
<message>
<source>light</source>
<translation>clair</translation>
</message>
<message numerus="yes">
<source>linked</source>
<translation>
<numerusform>liée</numerusform>
<numerusform>liées</numerusform>
</translation>
</message>
<message>
<source>model's label ({key})</source>
<translation>comme le dit le modèle ({key})</translation>
</message>
<message>
<source>most sure first</source>
<translation>plus sûres d’abord</translation>
</message>
<message numerus="yes">
<source>moved</source>
<translation>
<numerusform>déplacée</numerusform>
<numerusform>déplacées</numerusform>
</translation>
</message>
<message>
<source>neither</source>
<translation>aucun</translation>
</message>
<message>
<source>neither or unsure</source>
<translation>aucun ou incertain</translation>
</message>
<message>
<source>no picture</source>
<translation>pas d’image</translation>
</message>
<message>
<source>none: these photos stay where they are</source>
<translation>aucun : ces photos restent où elles sont</translation>
</message>
<message>
<source>only the {photos} selected</source>
<translation>seulement la sélection ({photos})</translation>
</message>
<message>
<source>owner</source>
<translation>propriétaire</translation>
</message>
<message>
<source>partly undone</source>
<translation>annulé en partie</translation>
</message>
<message>
<source>permissions</source>
<translation>permissions</translation>
</message>
<message>
<source>photos.html</source>
<translation>photos.html</translation>
</message>
<message numerus="yes">
<source>planned</source>
<translation>
<numerusform>prévue</numerusform>
<numerusform>prévues</numerusform>
</translation>
</message>
<message numerus="yes">
<source>put back</source>
<translation>
<numerusform>remise en place</numerusform>
<numerusform>remises en place</numerusform>
</translation>
</message>
<message numerus="yes">
<source>skipped</source>
<translation>
<numerusform>ignorée</numerusform>
<numerusform>ignorées</numerusform>
</translation>
</message>
<message numerus="yes">
<source>sorted</source>
<translation>
<numerusform>triée</numerusform>
<numerusform>triées</numerusform>
</translation>
</message>
<message>
<source>state</source>
<translation>état</translation>
</message>
<message>
<source>stay</source>
<translation>restent</translation>
</message>
<message numerus="yes">
<source>tagged</source>
<translation>
<numerusform>étiquetée</numerusform>
<numerusform>étiquetées</numerusform>
</translation>
</message>
<message>
<source>that symbolic links lead to</source>
<translation>vers lesquelles mènent des liens symboliques</translation>
</message>
<message>
<source>time</source>
<translation>date</translation>
</message>
<message>
<source>to</source>
<translation>vers</translation>
</message>
<message>
<source>undo interrupted</source>
<translation>annulation interrompue</translation>
</message>
<message>
<source>undone</source>
<translation>annulé</translation>
</message>
<message>
<source>unreadable</source>
<translation>illisible</translation>
</message>
<message>
<source>unsure</source>
<translation>incertain</translation>
</message>
<message>
<source>unsure: not confident enough to sort</source>
<translation>incertain : pas assez sûr pour trier</translation>
</message>
<message>
<source>unticked</source>
<translation>décochées</translation>
</message>
<message>
<source>video at {moment}</source>
<translation>vidéo à {moment}</translation>
</message>
<message>
<source>videos</source>
<translation>vidéos</translation>
</message>
<message>
<source>waiting</source>
<translation>en attente</translation>
</message>
<message>
<source>what</source>
<translation>quoi</translation>
</message>
<message>
<source>when</source>
<translation>quand</translation>
</message>
<message>
<source>where it was</source>
<translation>où elle était</translation>
</message>
<message>
<source>whose folder is a link out of the target; choose the real folder as the target</source>
<translation>dont le dossier est un lien qui sort de la destination ; choisissez le vrai dossier comme destination</translation>
</message>
<message>
<source>whose sidecar cannot be changed</source>
<translation>dont le fichier sidecar ne peut pas être complété</translation>
</message>
<message>
<source>without sub-folders</source>
<translation>sans sous-dossiers</translation>
</message>
<message>
<source>your folder</source>
<translation>votre dossier</translation>
</message>
<message>
<source>{1} Files moved with it could not be moved back: {2} Undo the run to try that again.</source>
<translation>{1} Des fichiers déplacés avec elle n’ont pas pu être remis : {2} Annulez ce tri pour réessayer.</translation>
</message>
<message>
<source>{1} TIFF{2} is not supported.</source>
<translation>{1} TIFF{2} n’est pas pris en charge.</translation>
</message>
<message>
<source>{1} are not supported. Export this one as JPEG, PNG or TIFF.</source>
<translation>Les fichiers {1} ne sont pas pris en charge. Exportez-les en JPEG, PNG ou TIFF.</translation>
</message>
<message>
<source>{1} cannot be read: permission denied. Give yourself read permission.</source>
<translation>{1} ne peut pas être consulté : accès refusé. Donnez-vous le droit de lecture.</translation>
</message>
<message>
<source>{1} does not exist. Check the spelling, or give another path.</source>
<translation>{1} n’existe pas. Vérifiez l’orthographe ou donnez un autre chemin.</translation>
</message>
<message>
<source>{1} is a photo manager's library or another program's document; moving photos inside would break it. Export the photos to a folder and sort that.</source>
<translation>{1} est la photothèque d’un gestionnaire de photos ou le document d’un autre programme ; y déplacer des photos l’abîmerait. Exportez les photos dans un dossier et triez-le.</translation>
</message>
<message>
<source>{1} is named like a file that belongs to {2}, and would be moved with it. Choose another file.</source>
<translation>{1} porte le nom d’un fichier qui va avec {2} et serait déplacé avec lui. Choisissez un autre fichier.</translation>
</message>
<message>
<source>{1} is named like a photo. Choose another file.</source>
<translation>{1} porte le nom d’une photo. Choisissez un autre fichier.</translation>
</message>
<message>
<source>{1} is not supported. Export this one as JPEG, PNG or TIFF.</source>
<translation>{1} n’est pas pris en charge. Exportez-la en JPEG, PNG ou TIFF.</translation>
</message>
<message>
<source>{1}, or leave out --videos.</source>
<translation>{1}, ou retirez --videos.</translation>
</message>
<message>
<source>{do} {photos}</source>
<translation>{do} {photos}</translation>
</message>
<message numerus="yes">
<source>{files} put back.</source>
<translation>
<numerusform>{files} remis en place.</numerusform>
<numerusform>{files} remis en place.</numerusform>
</translation>
</message>
<message numerus="yes">
<source>{files} stay where they are:</source>
<translation>
<numerusform>{files} reste en place :</numerusform>
<numerusform>{files} restent en place :</numerusform>
</translation>
</message>
<message>
<source>{label} to {folder}</source>
<translation>{label} vers {folder}</translation>
</message>
<message>
<source>{label}, corrected by you</source>
<translation>{label}, corrigé par vous</translation>
</message>
<message>
<source>{label}, {share} sure</source>
<translation>{label}, sûr à {share}</translation>
</message>
<message>
<source>{label}: {number}</source>
<translation>{label} : {number}</translation>
</message>
<message>
<source>{label}: {photos} to “{folder}”</source>
<translation>{label} : {photos} vers « {folder} »</translation>
</message>
<message>
<source>{label}: {photos}, {keywords}</source>
<translation>{label} : {photos}, {keywords}</translation>
</message>
<message>
<source>{name}, stays: unticked</source>
<translation>{name}, reste : décochée</translation>
</message>
<message>
<source>{name}, to {target}</source>
<translation>{name}, vers {target}</translation>
</message>
<message>
<source>{name}: {label}, corrected by you</source>
<translation>{name} : {label}, corrigé par vous</translation>
</message>
<message>
<source>{name}: {label}, {share} sure</source>
<translation>{name} : {label}, sûr à {share}</translation>
</message>
<message numerus="yes">
<source>{number} files</source>
<translation>
<numerusform>{number} fichier</numerusform>
<numerusform>{number} fichiers</numerusform>
</translation>
</message>
<message numerus="yes">
<source>{number} photos</source>
<translation>
<numerusform>{number} photo</numerusform>
<numerusform>{number} photos</numerusform>
</translation>
</message>
<message>
<source>{n} corrected by you</source>
<translation>corrigées par vous : {n}</translation>
</message>
<message>
<source>{n} failed</source>
<translation>échecs : {n}</translation>
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
<translation>{n} sur {total}</translation>
</message>
<message>
<source>{n} of {total} answered. None is kept.</source>
<translation>{n} sur {total} analysées. Aucune n’est conservée.</translation>
</message>
<message>
<source>{n} of {total} photos</source>
<translation>{n} sur {total} photos</translation>
</message>
<message>
<source>{n} s</source>
<translation>{n} s</translation>
</message>
<message>
<source>{n} sorted</source>
<translation>triées : {n}</translation>
</message>
<message>
<source>{photos} corrected by you. A correction applies wherever the photo is.</source>
<translation>Vos corrections : {photos}. Une correction vaut où que se trouve la photo.</translation>
</message>
<message>
<source>{photos} could not be read. The most common reason: {reason}</source>
<translation>Illisibles : {photos}. Raison la plus fréquente : {reason}</translation>
</message>
<message numerus="yes">
<source>{photos} could not be {done}:</source>
<translation>
<numerusform>{photos} n’a pas pu être {done} :</numerusform>
<numerusform>{photos} n’ont pas pu être {done} :</numerusform>
</translation>
</message>
<message numerus="yes">
<source>{photos} marked {label}</source>
<translation>
<numerusform>{photos} classée : {label}</numerusform>
<numerusform>{photos} classées : {label}</numerusform>
</translation>
</message>
<message>
<source>{photos} to {folder}</source>
<translation>{photos} vers {folder}</translation>
</message>
<message>
<source>{photos} with the model's label</source>
<translation>{photos} comme le dit le modèle</translation>
</message>
<message>
<source>{photos} {done}</source>
<translation>{photos} {done}</translation>
</message>
<message>
<source>{program} keeps a database of {folder}, and would miss photos that are moved. Copying, or writing keywords, leaves it intact.</source>
<translation>{program} tient une base de données de {folder} et ne retrouverait pas les photos déplacées. Copier, ou écrire des mots-clés, la laisse intacte.</translation>
</message>
<message>
<source>{source}
to {target}</source>
<translation>{source}
vers {target}</translation>
</message>
<message>
<source>{text}, incomplete file</source>
<translation>{text}, fichier incomplet</translation>
</message>
<message>
<source>{title}: {done} of {total}, {rate} a second, {left} left</source>
<translation>{title} : {done} sur {total}, {rate} par seconde, reste {left}</translation>
</message>
<message>
<source>{title}: {done} so far, {rate} a second</source>
<translation>{title} : {done} jusqu’ici, {rate} par seconde</translation>
</message>
<message>
<source>“{name}” is not a valid folder name. Give a name below the target folder.</source>
<translation>« {name} » n’est pas un nom de dossier valide. Indiquez un nom sous le dossier de destination.</translation>
</message>
<message>
<source>… and to other folders</source>
<translation>… et vers d’autres dossiers</translation>
</message>
<message>
<source>← → step · Z 100% · F11 full screen</source>
<translation>← → parcourir · Z 100 % · F11 plein écran</translation>
</message>
<message>
<source>◂ Back to the photos</source>
<translation>◂ Retour aux photos</translation>
</message>
<message>
<source>✓ by you</source>
<translation>✓ par vous</translation>
</message>
</context>
</TS>
