<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="ja" sourcelanguage="en">
<context>
<name>catdog-sorter</name>
<message>
<source>&amp;Edit</source>
<translation>編集(&amp;E)</translation>
</message>
<message>
<source>&amp;File</source>
<translation>ファイル(&amp;F)</translation>
</message>
<message>
<source>&amp;Help</source>
<translation>ヘルプ(&amp;H)</translation>
</message>
<message>
<source>&amp;Photo</source>
<translation>写真(&amp;P)</translation>
</message>
<message>
<source>&amp;View</source>
<translation>表示(&amp;V)</translation>
</message>
<message>
<source>'{1}' cannot be opened or written ({2}). Check that its folder exists, is not read-only and belongs to you, or set CATDOG_SORTER_HOME to a folder you can write to.</source>
<translation>「{1}」を開けないか、書き込めません（{2}）。フォルダーが存在し、読み取り専用でなく、自分のものであることを確認するか、CATDOG_SORTER_HOME に書き込めるフォルダーを設定してください。</translation>
</message>
<message>
<source>'{1}' cannot be written: the drive is full. Free some space and try again.</source>
<translation>「{1}」に書き込めません。ドライブがいっぱいです。空き容量を増やして、もう一度お試しください。</translation>
</message>
<message>
<source>'{1}' changed while it was being sorted, so it was left alone. Sort again when no other program writes to it.</source>
<translation>「{1}」は整理中に変更されたため、そのままにしました。ほかのプログラムが書き込んでいないときに、もう一度整理してください。</translation>
</message>
<message>
<source>'{1}' is a link or not a regular file, so it was left alone.</source>
<translation>「{1}」はリンクか、通常のファイルではないため、そのままにしました。</translation>
</message>
<message>
<source>'{1}' is damaged ({2}). {3}</source>
<translation>「{1}」は壊れています（{2}）。{3}</translation>
</message>
<message>
<source>'{1}' is in use by another program. Wait for it to finish and try again.</source>
<translation>「{1}」はほかのプログラムが使用中です。終わるのを待って、もう一度お試しください。</translation>
</message>
<message>
<source>'{1}' is now a link, which could lead anywhere, so nothing was put there. Remove it and try again.</source>
<translation>「{1}」はリンクになっており、どこにつながるか分からないため、何も置きませんでした。リンクを取り除いて、もう一度お試しください。</translation>
</message>
<message>
<source>'{1}' was changed after it was sorted.</source>
<translation>「{1}」は整理後に変更されました。</translation>
</message>
<message>
<source>'{1}' was changed or replaced after it was read, so it was left alone. Sort again.</source>
<translation>「{1}」は読み取り後に変更または置き換えられたため、そのままにしました。もう一度整理してください。</translation>
</message>
<message>
<source>'{1}' was changed or replaced after the run.</source>
<translation>「{1}」はその後、変更または置き換えられました。</translation>
</message>
<message>
<source>'{1}' was written by a newer catdog-sorter (format {2}, this one knows {3}). Update with `pip install --upgrade catdog-sorter`.</source>
<translation>「{1}」は新しい catdog-sorter で作成されています（形式 {2}、このバージョンは {3} まで）。`pip install --upgrade catdog-sorter` で更新してください。</translation>
</message>
<message>
<source>... and {photos} more.</source>
<translation>... ほか {photos}</translation>
</message>
<message>
<source>1 file</source>
<translation>1 個のファイル</translation>
</message>
<message>
<source>1 photo</source>
<translation>1 枚の写真</translation>
</message>
<message>
<source>100%, every pixel of the photo (Z)</source>
<translation>100%、写真の全ピクセル (Z)</translation>
</message>
<message>
<source>A file is in the place of a folder it goes to. Rename that file and try again.</source>
<translation>移動先のフォルダーの場所にファイルがあります。そのファイルの名前を変えてやり直してください。</translation>
</message>
<message>
<source>A hard link cannot reach another drive. Copy, or use symbolic links.</source>
<translation>ハードリンクは別のドライブには作れません。コピーするか、シンボリックリンクを使ってください。</translation>
</message>
<message>
<source>A job is still running. Stop it and close?</source>
<translation>処理中です。停止して閉じますか?</translation>
</message>
<message>
<source>Add a folder …</source>
<translation>フォルダーを追加…</translation>
</message>
<message>
<source>Add photos …</source>
<translation>写真を追加…</translation>
</message>
<message>
<source>Added to the queue: {names}</source>
<translation>待ち行列に追加: {names}</translation>
</message>
<message>
<source>All photos, in a strip</source>
<translation>すべての写真の一覧帯</translation>
</message>
<message>
<source>An animal is present from {present}, and absent up to {absent}. Photos in between are unsure and stay where they are.</source>
<translation>{present} 以上なら動物が写っている、{absent} 以下なら写っていないと判定します。その間の写真は不明となり、元の場所に残ります。</translation>
</message>
<message>
<source>Another catdog-sort is moving photos right now. Wait until it is done, then try again.</source>
<translation>別の catdog-sort が写真を移動中です。終わるのを待って、もう一度お試しください。</translation>
</message>
<message>
<source>Another program has just created its sidecar. Run the command again to add keywords to it.</source>
<translation>ほかのプログラムがサイドカー (XMP) を作成したところです。もう一度キーワードを書き込むと、そこに追加されます。</translation>
</message>
<message>
<source>Another program has just given it these keywords.</source>
<translation>ほかのプログラムが、これらのキーワードを付けたところです。</translation>
</message>
<message>
<source>Another program has saved '{1}' while it was being checked; the earlier version is now '{2}'.</source>
<translation>確認中にほかのプログラムが「{1}」を保存し直しました。以前の内容は「{2}」にあります。</translation>
</message>
<message>
<source>At capacity; retry after the seconds in Retry-After.</source>
<translation>混雑しています。Retry-After の秒数の後に、もう一度お試しください。</translation>
</message>
<message>
<source>Back to all photos</source>
<translation>すべての写真に戻る</translation>
</message>
<message>
<source>Blue looks like a dog to the model. No part looks like a cat.</source>
<translation>青はモデルが犬と見た部分です。猫と見た部分はありません。</translation>
</message>
<message>
<source>Cancel</source>
<translation>キャンセル</translation>
</message>
<message>
<source>Cats and dogs</source>
<translation>猫と犬</translation>
</message>
<message>
<source>Certainty needed</source>
<translation>必要な確信度</translation>
</message>
<message>
<source>Choose a folder</source>
<translation>フォルダーを選択</translation>
</message>
<message>
<source>Choose a folder …</source>
<translation>フォルダーを選択…</translation>
</message>
<message>
<source>Choose a photo</source>
<translation>写真を選択</translation>
</message>
<message>
<source>Choose photos</source>
<translation>写真を選択</translation>
</message>
<message>
<source>Choose photos …</source>
<translation>写真を選択…</translation>
</message>
<message>
<source>Classify the rest</source>
<translation>残りを判定</translation>
</message>
<message>
<source>Classify the waiting photos</source>
<translation>待機中の写真を判定します</translation>
</message>
<message>
<source>Classifying</source>
<translation>判定中</translation>
</message>
<message>
<source>Clear</source>
<translation>クリア</translation>
</message>
<message>
<source>Clear the window</source>
<translation>ウィンドウをクリア</translation>
</message>
<message>
<source>Close</source>
<translation>閉じる</translation>
</message>
<message>
<source>Colour the parts of the photo that look like a cat or a dog to the model</source>
<translation>モデルが猫または犬と見た部分に色を付けます</translation>
</message>
<message>
<source>Colours</source>
<translation>配色</translation>
</message>
<message>
<source>Command</source>
<translation>コマンド</translation>
</message>
<message>
<source>Comparing both models on the photos you corrected …</source>
<translation>修正した写真で両方のモデルを比較中…</translation>
</message>
<message>
<source>Computing …</source>
<translation>モデルに問い合わせ中…</translation>
</message>
<message>
<source>Continue</source>
<translation>続行</translation>
</message>
<message>
<source>Copy</source>
<translation>コピー</translation>
</message>
<message>
<source>Copy path</source>
<translation>パスをコピー</translation>
</message>
<message>
<source>Copy the photos</source>
<translation>写真をコピー</translation>
</message>
<message>
<source>Corrections</source>
<translation>修正</translation>
</message>
<message>
<source>Corrections …</source>
<translation>修正…</translation>
</message>
<message>
<source>Corrections, the latest first</source>
<translation>修正 (新しい順)</translation>
</message>
<message>
<source>Cross-origin request, or a Host header that does not name this computer.</source>
<translation>別のサイトからの要求か、Host ヘッダーがこのコンピューターを指していません。</translation>
</message>
<message>
<source>Cross-origin requests are refused. Open the service's own page instead.</source>
<translation>ほかのサイトからの要求は受け付けません。このサービスのページを開いてください。</translation>
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
<translation>標準に戻す</translation>
</message>
<message>
<source>Despite its name, it is {1}.</source>
<translation>名前に関わらず、実際は {1} です。</translation>
</message>
<message>
<source>Drop photos or folders here</source>
<translation>写真またはフォルダーをここにドロップ</translation>
</message>
<message>
<source>Drop photos or folders here, or click to choose some.</source>
<translation>写真またはフォルダーをここにドロップするか、クリックして選択してください。</translation>
</message>
<message>
<source>Each photo is classified: a cat, a dog, both, or neither?
Nothing is moved before you have seen the plan and agreed, and every sort can be undone.
Your photos never leave this computer.</source>
<translation>写真を 1 枚ずつ判定します。猫、犬、両方、どちらでもない、のどれでしょうか。
移動先を確認して同意するまで何も移動せず、整理はいつでも元に戻せます。
写真がこのコンピューターから出ることはありません。</translation>
</message>
<message>
<source>Earlier runs, the latest first</source>
<translation>過去の実行 (新しい順)</translation>
</message>
<message>
<source>Empty the window; the photos stay on disk</source>
<translation>ウィンドウを空にします。写真はディスクに残ります</translation>
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
<translation>全ピクセル (100%)</translation>
</message>
<message>
<source>Everything here can be undone. Files changed since then stay where they are and are listed.</source>
<translation>ここにあるものはすべて元に戻せます。その後変更されたファイルはそのまま残り、一覧に表示されます。</translation>
</message>
<message>
<source>Files that arrived after their photos were sorted: {files}</source>
<translation>写真の整理後に届いたファイル: {files}</translation>
</message>
<message>
<source>Files that arrived later go to their photos, which were sorted earlier: {files}</source>
<translation>後から届いたファイルは、整理済みの写真のある場所へ移されます: {files}</translation>
</message>
<message>
<source>Fit</source>
<translation>全体</translation>
</message>
<message>
<source>Fit the picture</source>
<translation>画像全体を表示</translation>
</message>
<message>
<source>Fit the picture into the view (Ctrl+0)</source>
<translation>画像を表示範囲に合わせる (Ctrl+0)</translation>
</message>
<message>
<source>Folder for {label}</source>
<translation>{label}のフォルダー</translation>
</message>
<message>
<source>Folder to watch</source>
<translation>監視するフォルダー</translation>
</message>
<message>
<source>Folders that are empty now were removed: {n}. Undo brings them back.</source>
<translation>空になったフォルダーを削除: {n}。元に戻すと復元されます。</translation>
</message>
<message>
<source>From {folder}:</source>
<translation>{folder} から:</translation>
</message>
<message>
<source>Full screen</source>
<translation>全画面</translation>
</message>
<message>
<source>Hide this message</source>
<translation>このメッセージを隠す</translation>
</message>
<message>
<source>History</source>
<translation>履歴</translation>
</message>
<message>
<source>History …</source>
<translation>履歴…</translation>
</message>
<message>
<source>In the queue: {n} more.</source>
<translation>待ち行列: あと {n} 件。</translation>
</message>
<message>
<source>Include</source>
<translation>対象に含める</translation>
</message>
<message>
<source>Internal error.</source>
<translation>内部エラーです。</translation>
</message>
<message>
<source>It begins with zeros only, a sign of a failed copy or memory card. Copy it again.</source>
<translation>先頭がゼロだけです。コピーの失敗やカードの不良でこうなります。もう一度コピーしてください。</translation>
</message>
<message>
<source>It belongs to a photo that was put back, but '{1}' is there.</source>
<translation>元の場所に戻った写真のファイルですが、そこに「{1}」があります。</translation>
</message>
<message>
<source>It came with the program.</source>
<translation>このプログラムに付属しています。</translation>
</message>
<message>
<source>It cannot be read, so its correction cannot be stored ({1}).</source>
<translation>読み取れないため、修正を記録できません（{1}）。</translation>
</message>
<message>
<source>It could not be decoded within {1}, so it was skipped.</source>
<translation>{1} 以内に読み取れなかったため、中止しました。</translation>
</message>
<message>
<source>It could not be read from the disk: {1}.</source>
<translation>ディスクから読み取れませんでした: {1}。</translation>
</message>
<message>
<source>It declares a document type, which no sidecar needs and which can do harm.</source>
<translation>サイドカーに不要で、害になり得る文書型宣言が含まれています。</translation>
</message>
<message>
<source>It has more than {1} streams, so it is not decoded.</source>
<translation>{1} 個を超えるストリームがあるため、読み取りません。</translation>
</message>
<message>
<source>It has no video stream.</source>
<translation>動画の映像が含まれていません。</translation>
</message>
<message>
<source>It is a link that leads back to itself.</source>
<translation>循環しているリンクです。</translation>
</message>
<message>
<source>It is a link whose target cannot be reached.</source>
<translation>リンク先に到達できません。</translation>
</message>
<message>
<source>It is a video. Add --videos to include videos.</source>
<translation>これは動画です。動画も判定するには --videos を付けてください。</translation>
</message>
<message>
<source>It is damaged, or not written in UTF-8: {1}, line {2}.</source>
<translation>壊れているか、UTF-8 ではありません: {1}、{2} 行目。</translation>
</message>
<message>
<source>It is larger than {1} GiB, so it is not read as a photo.</source>
<translation>{1} GiB を超えているため、写真ではありません。</translation>
</message>
<message>
<source>It is larger than {1} MiB, so it was not read.</source>
<translation>{1} MiB を超えているため、読み取りませんでした。</translation>
</message>
<message>
<source>It is no longer at '{1}': it was moved, renamed or deleted, or its drive is not connected.</source>
<translation>「{1}」にもうありません。移動、名前の変更、または削除されたか、ドライブが接続されていません。</translation>
</message>
<message>
<source>It is no longer there.</source>
<translation>もうありません。</translation>
</message>
<message>
<source>It is no longer there: another program moved or deleted it.</source>
<translation>もうありません。別のプログラムが移動または削除しました。</translation>
</message>
<message>
<source>It is not XMP: it has no rdf:Description.</source>
<translation>XMP ではありません。何も記述されていません。</translation>
</message>
<message>
<source>It is not a picture in a supported format.</source>
<translation>名前に関わらず、内容はこのプログラムが読める形式の画像ではありません。</translation>
</message>
<message>
<source>It is not a regular file.</source>
<translation>通常のファイルではありません。</translation>
</message>
<message>
<source>It is not a video in a supported format.</source>
<translation>名前に関わらず、内容はこのプログラムが読める形式の動画ではありません。</translation>
</message>
<message>
<source>It stays with '{1}'. {2}</source>
<translation>「{1}」と一緒に残ります。{2}</translation>
</message>
<message>
<source>It stays with its photo. {1}</source>
<translation>写真と一緒に残ります。{1}</translation>
</message>
<message>
<source>It told cat from dog correctly in {share} of its test photos.</source>
<translation>テスト写真の {share} で猫と犬を正しく見分けました。</translation>
</message>
<message>
<source>It was moved, renamed or deleted since the run.</source>
<translation>もうありません。実行後に移動、名前の変更、または削除されました。</translation>
</message>
<message>
<source>It was removed after its folder was listed.</source>
<translation>なくなりました。フォルダーを一覧したときにはありました。</translation>
</message>
<message>
<source>Its file is truncated, or has extra data at its end.</source>
<translation>ファイルが途中で切れているか、末尾が正しくありません。</translation>
</message>
<message>
<source>Its folder or the target folder cannot be changed, or another program has the file open. Check the permissions and try again.</source>
<translation>元または移動先のフォルダーを変更できないか、別のプログラムが開いています。アクセス許可を確認してやり直してください。</translation>
</message>
<message>
<source>Its header states frames of {1} x {2} pixels; at most {3} megapixels are decoded, to limit memory.</source>
<translation>フレームが {1} x {2} ピクセルとされています。メモリ保護のため、{3} メガピクセルまで読み取ります。</translation>
</message>
<message>
<source>Its header states {1} x {2} pixels; at most {3} megapixels are decoded, to limit memory.</source>
<translation>{1} x {2} ピクセルとされています。メモリ保護のため、{3} メガピクセルまで読み取ります。</translation>
</message>
<message>
<source>Its original place '{1}' is taken by another file.</source>
<translation>元の場所「{1}」には別のファイルがあります。</translation>
</message>
<message>
<source>Its sidecar '{1}' was left as it is. {2}</source>
<translation>サイドカー「{1}」はそのままにしました。{2}</translation>
</message>
<message>
<source>Its structure is not supported: {1}.</source>
<translation>このプログラムが知らない構造です: {1}。</translation>
</message>
<message>
<source>Its video codec is not supported.</source>
<translation>このプログラムでは読み取れない方式で符号化されています。</translation>
</message>
<message>
<source>JPEG XL needs imagecodecs, which is not installed. Run `pip install 'catdog-sorter[formats]'`.</source>
<translation>JPEG XL の写真には追加の部品が必要です。`pip install 'catdog-sorter[formats]'` を実行してください。</translation>
</message>
<message>
<source>JSON, a photo a line (*.jsonl)</source>
<translation>JSON、1 行に写真 1 枚 (*.jsonl)</translation>
</message>
<message>
<source>Keep the best model so far</source>
<translation>これまでの最良の結果を残します</translation>
</message>
<message>
<source>Keep the current model</source>
<translation>現在のモデルを使い続ける</translation>
</message>
<message>
<source>Keys</source>
<translation>キー</translation>
</message>
<message>
<source>Label the selected photos</source>
<translation>選択した写真に分類を付ける</translation>
</message>
<message>
<source>Label this photo and go on to the next</source>
<translation>この写真に分類を付けて次へ進む</translation>
</message>
<message>
<source>Label: {label}</source>
<translation>分類: {label}</translation>
</message>
<message>
<source>Language</source>
<translation>言語</translation>
</message>
<message>
<source>Large picture</source>
<translation>大きな画像</translation>
</message>
<message>
<source>Learn</source>
<translation>学習</translation>
</message>
<message>
<source>Learn from corrections …</source>
<translation>修正から学習…</translation>
</message>
<message>
<source>Learn from my corrections</source>
<translation>自分の修正から学習</translation>
</message>
<message>
<source>Learn …</source>
<translation>学習…</translation>
</message>
<message>
<source>Learning needs PyTorch or TensorFlow, and neither is installed. Run `pip install 'catdog-sorter[torch]'` and open this again. Your corrections apply in any case.</source>
<translation>学習には PyTorch または TensorFlow が必要ですが、どちらもインストールされていません。`pip install 'catdog-sorter[torch]'` を実行してから開き直してください。修正はいずれにしても有効です。</translation>
</message>
<message>
<source>Left alone, as the system or other programs keep their files there: {names}</source>
<translation>システムやほかのプログラムのファイルがあるため、対象外: {names}</translation>
</message>
<message>
<source>Left out, as they are in iCloud only: {photos}</source>
<translation>iCloud にのみあるため除外: {photos}</translation>
</message>
<message>
<source>Link</source>
<translation>リンク</translation>
</message>
<message>
<source>Links to photos that are moved will break.</source>
<translation>移動した写真へのリンクは切れます。</translation>
</message>
<message>
<source>Look again</source>
<translation>読み込み直す</translation>
</message>
<message>
<source>Looking for the photos you corrected …</source>
<translation>修正した写真を検索中…</translation>
</message>
<message>
<source>Make hard links</source>
<translation>ハードリンクを作成</translation>
</message>
<message>
<source>Make relative symbolic links</source>
<translation>相対シンボリックリンクを作成</translation>
</message>
<message>
<source>Make symbolic links</source>
<translation>シンボリックリンクを作成</translation>
</message>
<message>
<source>Marked {label}</source>
<translation>「{label}」にしました</translation>
</message>
<message>
<source>Messages of the training</source>
<translation>学習の出力</translation>
</message>
<message>
<source>Model</source>
<translation>モデル</translation>
</message>
<message>
<source>Model's label</source>
<translation>モデルの判定に戻す</translation>
</message>
<message>
<source>Model, folders, colours (Ctrl+,)</source>
<translation>モデル、フォルダー、配色 (Ctrl+,)</translation>
</message>
<message>
<source>Move</source>
<translation>移動</translation>
</message>
<message>
<source>Move the photos</source>
<translation>写真を移動</translation>
</message>
<message>
<source>Move them there …</source>
<translation>写真のある場所へ移す …</translation>
</message>
<message>
<source>Moved to photos that were sorted earlier: {files}</source>
<translation>整理済みの写真のある場所へ移したもの: {files}</translation>
</message>
<message>
<source>Name the folder of one label at least.</source>
<translation>少なくとも 1 つの分類にフォルダー名を付けてください。</translation>
</message>
<message>
<source>New photos in this folder are sorted automatically while the window is open, and so are those that are there already. Every sort is in the history and can be undone.</source>
<translation>ウィンドウが開いている間、このフォルダーの新しい写真と既にある写真を自動で整理します。整理はすべて履歴に残り、元に戻せます。</translation>
</message>
<message>
<source>Next photo</source>
<translation>次の写真</translation>
</message>
<message>
<source>No folder is chosen yet.</source>
<translation>フォルダーがまだ選択されていません。</translation>
</message>
<message>
<source>No model was trained. The messages of the training are below.</source>
<translation>モデルは学習されませんでした。学習の出力は下にあります。</translation>
</message>
<message>
<source>No part of this photo looks like a cat or a dog to the model.</source>
<translation>この写真には、モデルが猫または犬と見た部分はありません。</translation>
</message>
<message>
<source>No photo is kept.</source>
<translation>写真は保存されません。</translation>
</message>
<message>
<source>No photo matches.</source>
<translation>該当する写真はありません。</translation>
</message>
<message>
<source>No photos have been sorted yet.</source>
<translation>まだ写真を整理していません。</translation>
</message>
<message>
<source>No photos were found in {names}.</source>
<translation>{names} に写真は見つかりませんでした。</translation>
</message>
<message>
<source>No photos were found there. Nothing was changed.</source>
<translation>そこに写真はありませんでした。何も変更していません。</translation>
</message>
<message>
<source>Not classified yet: {photos}</source>
<translation>未判定: {photos}</translation>
</message>
<message>
<source>Not kept on another drive: {attribute} ({number})</source>
<translation>別のドライブで保持できませんでした: {attribute} ({number})</translation>
</message>
<message>
<source>Not searched, because sorted photos go there: {names}</source>
<translation>整理した写真の移動先のため検索しません: {names}</translation>
</message>
<message>
<source>Not sorted: {list}</source>
<translation>整理しないもの: {list}</translation>
</message>
<message>
<source>Not sorted: {reason}</source>
<translation>整理されていません: {reason}</translation>
</message>
<message>
<source>Nothing has been moved yet. A click or Space leaves a photo out; drag it to another column, or press {keys}, to correct it.</source>
<translation>まだ何も移動していません。クリックまたはスペースキーで写真を外し、別の列へドラッグするか {keys} を押すと訂正できます。</translation>
</message>
<message>
<source>Nothing was changed. Move that file away to continue without your corrections, or restore it from a backup to keep them. Sorting runs can still be undone.</source>
<translation>何も変更していません。修正なしで続けるにはそのファイルをよけ、残すにはバックアップから復元してください。整理は今までどおり元に戻せます。</translation>
</message>
<message>
<source>Nothing was changed. Move that file away to start with an empty one; runs recorded in it can then no longer be undone.</source>
<translation>何も変更していません。空の状態から始めるには、そのファイルをよけてください。そこに記録された整理は元に戻せなくなります。</translation>
</message>
<message>
<source>Nothing was sorted</source>
<translation>何も整理していません</translation>
</message>
<message>
<source>OK</source>
<translation>OK</translation>
</message>
<message>
<source>Of {photos} you corrected, the current model labels {old} as you did, the new one {new}. The new one was trained on most of these photos, so it should do better here. Its results on other photos are shown above.</source>
<translation>修正した {photos}のうち、現在のモデルは {old}、新しいモデルは {new} を修正どおりに判定します。新しいモデルはこれらの写真の大半から学習したため、ここでは良い結果になるはずです。初めて見る写真での結果は上にあります。</translation>
</message>
<message>
<source>One photo after the other, the least sure first (F5)</source>
<translation>確信度の低い順に 1 枚ずつ確認 (F5)</translation>
</message>
<message>
<source>One photo, large</source>
<translation>1 枚の写真を拡大</translation>
</message>
<message>
<source>Only photos that are classified and can be read can be labelled.</source>
<translation>分類を付けられるのは、判定済みで読み取れる写真だけです。</translation>
</message>
<message>
<source>Open folder</source>
<translation>フォルダーを開く</translation>
</message>
<message>
<source>Open in its own program</source>
<translation>既定のアプリで開く</translation>
</message>
<message>
<source>Open it</source>
<translation>開く</translation>
</message>
<message>
<source>Open the file</source>
<translation>ファイルを開く</translation>
</message>
<message>
<source>Open the folder these photos came from, to sort new photos in it</source>
<translation>これらの写真があったフォルダーを開き、新しい写真を整理します</translation>
</message>
<message>
<source>Open the photo large, and back</source>
<translation>写真を大きく開く、戻る</translation>
</message>
<message>
<source>Open this folder again</source>
<translation>このフォルダーをもう一度開く</translation>
</message>
<message>
<source>Open {name} large</source>
<translation>{name} を拡大</translation>
</message>
<message>
<source>Orange looks like a cat to the model, blue like a dog.</source>
<translation>オレンジはモデルが猫と見た部分、青は犬と見た部分です。</translation>
</message>
<message>
<source>Orange looks like a cat to the model. No part looks like a dog.</source>
<translation>オレンジはモデルが猫と見た部分です。犬と見た部分はありません。</translation>
</message>
<message>
<source>Order</source>
<translation>並び順</translation>
</message>
<message>
<source>Page of pictures (*.html)</source>
<translation>画像のページ (*.html)</translation>
</message>
<message>
<source>Paste</source>
<translation>貼り付け</translation>
</message>
<message>
<source>Permission to read it was denied. Give yourself read permission.</source>
<translation>読み取りが許可されていません。読み取り権限を付けてください。</translation>
</message>
<message>
<source>Photos</source>
<translation>写真</translation>
</message>
<message>
<source>Photos already sorted stay sorted</source>
<translation>整理済みのものはそのままです</translation>
</message>
<message>
<source>Photos are being moved. Undo when that is done, or stop it.</source>
<translation>写真を移動中です。終わってから元に戻すか、停止してください。</translation>
</message>
<message>
<source>Photos cannot be classified.</source>
<translation>写真を判定できません。</translation>
</message>
<message>
<source>Photos of cats go to a folder for cats, dogs to one for dogs, photos of both to a third, and all others stay where they are.</source>
<translation>猫の写真は猫のフォルダーへ、犬の写真は犬のフォルダーへ、両方が写った写真は 3 つ目のフォルダーへ移り、それ以外は元の場所に残ります。</translation>
</message>
<message>
<source>Photos that were already sorted stay sorted; you can undo that later.</source>
<translation>整理済みの写真はそのまま残り、後で元に戻せます。</translation>
</message>
<message>
<source>Planning</source>
<translation>計画中</translation>
</message>
<message>
<source>Planning …</source>
<translation>計画中…</translation>
</message>
<message>
<source>Previous photo</source>
<translation>前の写真</translation>
</message>
<message>
<source>Progress</source>
<translation>進行状況</translation>
</message>
<message>
<source>Progress of the training</source>
<translation>学習の進行状況</translation>
</message>
<message>
<source>Put them back</source>
<translation>元に戻す</translation>
</message>
<message>
<source>Put these photos back</source>
<translation>これらの写真を元に戻す</translation>
</message>
<message>
<source>Putting back</source>
<translation>元に戻し中</translation>
</message>
<message>
<source>Putting back …</source>
<translation>元に戻し中…</translation>
</message>
<message>
<source>Quit</source>
<translation>終了</translation>
</message>
<message>
<source>Reading it takes more than {1} seconds, so it was not read.</source>
<translation>読み取りに {1} 秒を超えるため、読み取りませんでした。</translation>
</message>
<message>
<source>Reading the corrections …</source>
<translation>修正を読み込み中…</translation>
</message>
<message>
<source>Reading the history …</source>
<translation>履歴を読み込み中…</translation>
</message>
<message>
<source>Recent folders</source>
<translation>最近のフォルダー</translation>
</message>
<message>
<source>Redo</source>
<translation>やり直し</translation>
</message>
<message>
<source>Remove the selected corrections; the photos stay</source>
<translation>選択した修正を取り消します。写真はそのままです</translation>
</message>
<message>
<source>Remove your correction, also one from an earlier day</source>
<translation>修正を取り消します (以前の修正も)</translation>
</message>
<message>
<source>Report made</source>
<translation>レポート作成日時</translation>
</message>
<message>
<source>Restore all files of this run</source>
<translation>この実行のすべてを元の場所に戻します</translation>
</message>
<message>
<source>Review</source>
<translation>確認</translation>
</message>
<message>
<source>Review, least sure first</source>
<translation>確信度の低い順に確認</translation>
</message>
<message>
<source>Run `catdog-sort cache clear`; photos are then classified again.</source>
<translation>`catdog-sort cache clear` を実行してください。写真はその後もう一度判定されます。</translation>
</message>
<message>
<source>Run pip install 'catdog-sorter[video]' first.</source>
<translation>先に pip install 'catdog-sorter[video]' を実行してください。</translation>
</message>
<message>
<source>Run {number}</source>
<translation>実行 {number}</translation>
</message>
<message>
<source>Save report</source>
<translation>レポートを保存</translation>
</message>
<message>
<source>Save report …</source>
<translation>レポートを保存…</translation>
</message>
<message>
<source>Save what is shown as a table</source>
<translation>表示中のものを表として保存</translation>
</message>
<message>
<source>Search by name</source>
<translation>名前で検索</translation>
</message>
<message>
<source>Search names and folders</source>
<translation>名前とフォルダーを検索</translation>
</message>
<message>
<source>Search there too</source>
<translation>そこも検索</translation>
</message>
<message>
<source>See what would go where, then move it (Ctrl+Return)</source>
<translation>移動先を確認してから移動 (Ctrl+Return)</translation>
</message>
<message>
<source>Select all photos</source>
<translation>すべての写真を選択</translation>
</message>
<message>
<source>Send one photo a request.</source>
<translation>1 回の要求で写真を 1 枚送ってください。</translation>
</message>
<message>
<source>Settings</source>
<translation>設定</translation>
</message>
<message>
<source>Settings …</source>
<translation>設定…</translation>
</message>
<message>
<source>Show</source>
<translation>表示</translation>
</message>
<message>
<source>Show all</source>
<translation>すべて表示</translation>
</message>
<message>
<source>Show and undo earlier sorts (Ctrl+H)</source>
<translation>過去の整理の確認と復元 (Ctrl+H)</translation>
</message>
<message>
<source>Show in its folder</source>
<translation>フォルダーで表示</translation>
</message>
<message>
<source>Show only these photos</source>
<translation>これらの写真だけを表示</translation>
</message>
<message>
<source>Show them</source>
<translation>表示</translation>
</message>
<message>
<source>Show what failed</source>
<translation>失敗したものを表示</translation>
</message>
<message>
<source>Size</source>
<translation>大きさ</translation>
</message>
<message>
<source>Size of the pictures</source>
<translation>画像の大きさ</translation>
</message>
<message>
<source>Some of its photos</source>
<translation>この実行の写真の一部</translation>
</message>
<message>
<source>Something went wrong in the window ({error}). No photo was lost; please report it.</source>
<translation>ウィンドウで問題が起きました ({error})。写真は失われていません。ご報告ください。</translation>
</message>
<message>
<source>Sort</source>
<translation>整理</translation>
</message>
<message>
<source>Sort that folder again …</source>
<translation>そのフォルダーをもう一度整理…</translation>
</message>
<message>
<source>Sort …</source>
<translation>整理…</translation>
</message>
<message>
<source>Sorted</source>
<translation>整理</translation>
</message>
<message>
<source>Sorting</source>
<translation>整理中</translation>
</message>
<message>
<source>Space</source>
<translation>スペース</translation>
</message>
<message>
<source>Standard</source>
<translation>標準</translation>
</message>
<message>
<source>Stop</source>
<translation>停止</translation>
</message>
<message>
<source>Stop and close</source>
<translation>停止して閉じる</translation>
</message>
<message>
<source>Stop safely; everything done so far is kept</source>
<translation>次の安全な時点で停止します。済んだものはそのままです</translation>
</message>
<message>
<source>Stop watching</source>
<translation>監視を終了</translation>
</message>
<message>
<source>Stopped before it was decoded.</source>
<translation>読み取る前に停止しました。</translation>
</message>
<message>
<source>Stopped.</source>
<translation>停止しました。</translation>
</message>
<message>
<source>Stopping …</source>
<translation>停止中…</translation>
</message>
<message>
<source>Table (*.csv)</source>
<translation>表 (*.csv)</translation>
</message>
<message>
<source>Tag</source>
<translation>キーワードを書き込み</translation>
</message>
<message>
<source>Takes effect at the next start of the window</source>
<translation>次回の起動から有効です</translation>
</message>
<message>
<source>That is not the token.</source>
<translation>トークンが違います。</translation>
</message>
<message>
<source>That program will no longer find photos that are moved: {folders}</source>
<translation>移動した写真は次のプログラムから見えなくなります: {folders}</translation>
</message>
<message>
<source>That was the last photo.</source>
<translation>最後の写真でした。</translation>
</message>
<message>
<source>The body is not a multipart form.</source>
<translation>本文がマルチパート形式ではありません。</translation>
</message>
<message>
<source>The clipboard holds no photos. Copy files or folders first.</source>
<translation>クリップボードに写真がありません。先にファイルまたはフォルダーをコピーしてください。</translation>
</message>
<message>
<source>The copy of '{1}' reads back differently, so the original was kept. Check the drive of '{2}' for errors.</source>
<translation>「{1}」のコピーを読み直すと内容が違うため、元のファイルを残しました。「{2}」のドライブを調べてください。</translation>
</message>
<message>
<source>The drive is full. Free some space and try again.</source>
<translation>ドライブがいっぱいです。空きを作ってやり直してください。</translation>
</message>
<message>
<source>The drive is read-only. Copy instead of moving, into a folder elsewhere.</source>
<translation>ドライブは読み取り専用です。移動せず、別の場所のフォルダーへコピーしてください。</translation>
</message>
<message>
<source>The drive reports an error. Check its cable and its health before you continue.</source>
<translation>ドライブがエラーを報告しています。続ける前にケーブルと状態を確認してください。</translation>
</message>
<message>
<source>The drive reports its name and others as taken, although no files have them. Check the drive for errors.</source>
<translation>実際にはないのに、その名前も別の名前も使用中だとドライブが報告しています。ドライブのエラーを確認してください。</translation>
</message>
<message>
<source>The file does not hold a picture that can be shown.</source>
<translation>表示できる画像がファイルにありません。</translation>
</message>
<message>
<source>The file is empty.</source>
<translation>ファイルが空です。</translation>
</message>
<message>
<source>The folder '{1}' was replaced after the photos were read, so they were left alone. Try again.</source>
<translation>写真を読み取った後にフォルダー「{1}」が置き換えられたか削除されたため、写真はそのままです。もう一度お試しください。</translation>
</message>
<message>
<source>The folder is no longer watched. {reason}</source>
<translation>フォルダーの監視を終了しました。{reason}</translation>
</message>
<message>
<source>The form holds no photo, too many, or something else.</source>
<translation>フォームに写真がないか、多すぎるか、別のものが含まれています。</translation>
</message>
<message>
<source>The form is malformed.</source>
<translation>フォームの形式が正しくありません。</translation>
</message>
<message>
<source>The interface for programs</source>
<translation>プログラム用インターフェース</translation>
</message>
<message>
<source>The lock file '{1}' cannot be used ({2}), so nothing was moved. Set CATDOG_SORTER_HOME to a folder on a local drive that you can write to.</source>
<translation>ロックファイル「{1}」を使えないため（{2}）、何も移動していません。CATDOG_SORTER_HOME に、書き込めるローカルドライブのフォルダーを設定してください。</translation>
</message>
<message>
<source>The name would be too long there. Choose a folder with a shorter path.</source>
<translation>そこでは名前が長すぎます。パスの短いフォルダーを選んでください。</translation>
</message>
<message>
<source>The new model was saved, but the two models could not be compared.</source>
<translation>新しいモデルはできましたが、2 つを比較できませんでした。</translation>
</message>
<message>
<source>The original '{1}' no longer exists, so the file made from it was kept.</source>
<translation>元の「{1}」がないため、そこから作られたものを残します。</translation>
</message>
<message>
<source>The original '{1}' was changed since; the copy may be the only one of the earlier version.</source>
<translation>元の「{1}」はその後変更されました。コピーが以前の内容の唯一のものかもしれません。</translation>
</message>
<message>
<source>The part of the program that reads photos stopped unexpectedly, perhaps because of a damaged photo. No photo was lost. Classify again to continue.</source>
<translation>写真を読み取る部分が予期せず停止しました。破損した写真が原因かもしれません。写真は失われていません。続けるにはもう一度判定してください。</translation>
</message>
<message>
<source>The photo is too large for this service.</source>
<translation>写真が大きすぎて、このサービスでは扱えません。</translation>
</message>
<message>
<source>The photos could not be classified in time.</source>
<translation>時間内に写真を判定できませんでした。</translation>
</message>
<message>
<source>The photos did not arrive in time.</source>
<translation>写真が時間内に届きませんでした。</translation>
</message>
<message>
<source>The photos stay where they are; keywords are written beside them (XMP).</source>
<translation>写真は元の場所に残り、キーワードを隣のファイル (XMP) に書き込みます。</translation>
</message>
<message>
<source>The picture is cut off: the end of the file is missing.</source>
<translation>画像が途中で切れています。ファイルの末尾がありません。</translation>
</message>
<message>
<source>The picture is damaged or cut off: only its first bytes can be read.</source>
<translation>画像が破損しているか途中で切れています。先頭の数バイトしか読めません。</translation>
</message>
<message>
<source>The picture is damaged, or made in a way this program cannot decode ({1}).</source>
<translation>画像が壊れているか、このプログラムが読み取れない方式です（{1}）。</translation>
</message>
<message>
<source>The process that decodes photos could not be started ({1}). Close other programs and try again, or install catdog-sorter again in a fresh environment.</source>
<translation>写真を読み取る部分を起動できませんでした（{1}）。ほかのプログラムを閉じてもう一度試すか、新しい環境に catdog-sorter を入れ直してください。</translation>
</message>
<message>
<source>The report is saved: {file}</source>
<translation>レポートを保存しました: {file}</translation>
</message>
<message>
<source>The report {1} cannot be written ({2}). Give another place for it, or make room.</source>
<translation>レポート {1} を書き込めません（{2}）。別の場所を指定するか、空き容量を増やしてください。</translation>
</message>
<message>
<source>The request is too large.</source>
<translation>要求が大きすぎます。</translation>
</message>
<message>
<source>The service does not answer.</source>
<translation>サービスが応答しません。</translation>
</message>
<message>
<source>The service is at capacity. Retry in a second.</source>
<translation>サービスが混雑しています。1 秒後にもう一度お試しください。</translation>
</message>
<message>
<source>The service took too long.</source>
<translation>サービスの処理に時間がかかりすぎました。</translation>
</message>
<message>
<source>The system does not permit it. Check the permissions, or copy instead.</source>
<translation>システムが許可していません。アクセス許可を確認するか、コピーしてください。</translation>
</message>
<message>
<source>The system reports: {1}.</source>
<translation>システムのメッセージ: {1}。</translation>
</message>
<message>
<source>The target drive does not accept the name '{1}', or the folder was just removed. Rename the photo, or sort again.</source>
<translation>移動先のドライブは「{1}」という名前を使えないか、そのフォルダーが失われました。名前を変えるか、もう一度整理してください。</translation>
</message>
<message>
<source>The target drive does not support this. Copy instead.</source>
<translation>移動先のドライブは対応していません。コピーしてください。</translation>
</message>
<message>
<source>The token is missing or wrong.</source>
<translation>トークンがないか、間違っています。</translation>
</message>
<message>
<source>The training is still running. Press Stop to end it.</source>
<translation>学習は続いています。終えるには「停止」を押してください。</translation>
</message>
<message>
<source>The video is damaged or cut off, or made in a way this program cannot decode.</source>
<translation>動画が破損しているか途中で切れているか、このプログラムでは読み取れない方式です。</translation>
</message>
<message>
<source>The video is damaged or cut off: too few of its frames can be decoded.</source>
<translation>動画が破損しているか途中で切れています。読み取れるフレームが少なすぎます。</translation>
</message>
<message>
<source>The {1} is damaged: decoding it fails ({2}).</source>
<translation>{1} は壊れていて、読み取れません（{2}）。</translation>
</message>
<message>
<source>The {1} of {2} could not be kept on another drive.</source>
<translation>別のドライブでは {2} の {1} を保持できませんでした。</translation>
</message>
<message>
<source>There is not enough memory to decode it.</source>
<translation>メモリが足りないため読み取れません。</translation>
</message>
<message>
<source>There is nothing to report until photos are classified.</source>
<translation>写真を判定するまでレポートの内容はありません。</translation>
</message>
<message>
<source>There is nothing to sort.</source>
<translation>整理するものはありません。</translation>
</message>
<message>
<source>This camera RAW file holds no preview of a useful size. Run `pip install 'catdog-sorter[raw]'` to decode it.</source>
<translation>この RAW ファイルには十分な大きさのプレビューがありません。`pip install 'catdog-sorter[raw]'` を実行すると現像できます。</translation>
</message>
<message>
<source>This camera RAW file is damaged, or from a camera too new for the decoder. `pip install --upgrade rawpy` may help.</source>
<translation>この RAW ファイルは破損しているか、デコーダーが対応していない新しいカメラのものです。`pip install --upgrade rawpy` で解決することがあります。</translation>
</message>
<message>
<source>This folder cannot be opened: {1}.</source>
<translation>このフォルダーを開けません: {1}。</translation>
</message>
<message>
<source>This model has no results for parts of a photo.</source>
<translation>このモデルは写真を全体としてのみ読むため、部分を示せません。</translation>
</message>
<message>
<source>This page draws its photos with a script of its own; allow it to run to see them.</source>
<translation>このページは独自のスクリプトで写真を表示します。表示するにはスクリプトの実行を許可してください。</translation>
</message>
<message>
<source>This photo has the model's label already: you have not corrected it.</source>
<translation>既にモデルの判定どおりです。この写真は修正されていません。</translation>
</message>
<message>
<source>This service asks for its token:</source>
<translation>このサービスにはトークンが必要です:</translation>
</message>
<message>
<source>This service is for the computer it runs on. Call it localhost, or start it with a token.</source>
<translation>このサービスは動作しているコンピューター専用です。localhost で開くか、トークンを付けて起動してください。</translation>
</message>
<message>
<source>This service needs its token. Send the header `Authorization: Bearer TOKEN`.</source>
<translation>このサービスにはトークンが必要です。ヘッダー `Authorization: Bearer TOKEN` を送ってください。</translation>
</message>
<message>
<source>Too little room in {folder}: {needed} are needed, {free} are free.</source>
<translation>{folder} の空き容量が足りません: {needed} 必要、空き {free}。</translation>
</message>
<message>
<source>Train a model with the photos you have corrected</source>
<translation>修正した写真でモデルを学習します</translation>
</message>
<message>
<source>Trains a new model, “{name}”, on {photos} you have corrected and on those you have sorted, so check the sorted folders first. A few hundred photos take some minutes; you can keep using the window. The current model stays in use until you choose the new one.</source>
<translation>修正した {photos}と整理済みの写真から、新しいモデル「{name}」を学習します。先に整理済みのフォルダーを確認してください。数百枚の写真なら数分で終わり、その間もウィンドウは使えます。選ぶまで現在のモデルは変わりません。</translation>
</message>
<message>
<source>Try it with these photos</source>
<translation>この写真で試す</translation>
</message>
<message>
<source>Undo</source>
<translation>元に戻す</translation>
</message>
<message>
<source>Undo {step}</source>
<translation>元に戻す: {step}</translation>
</message>
<message>
<source>Unexpected error ({1}: {2}). No photo was lost; try again and report it if it persists.</source>
<translation>予期しないエラーです（{1}: {2}）。写真は失われていません。もう一度試し、続くようなら報告してください。</translation>
</message>
<message>
<source>Use the new model</source>
<translation>新しいモデルを使う</translation>
</message>
<message>
<source>Use the values that the model came with</source>
<translation>モデルに付属する値を使います</translation>
</message>
<message>
<source>Uses copies of them; your own photos are not touched</source>
<translation>コピーを使います。お手元の写真には触れません</translation>
</message>
<message>
<source>Videos need PyAV, which is not installed. Run `pip install 'catdog-sorter[video]'`.</source>
<translation>動画には追加の部品が必要です。`pip install 'catdog-sorter[video]'` を実行してください。</translation>
</message>
<message>
<source>Videos passed over: {n}. The settings can include them.</source>
<translation>対象外の動画: {n}。設定で含めることができます。</translation>
</message>
<message>
<source>Watch</source>
<translation>監視</translation>
</message>
<message>
<source>Watch a folder</source>
<translation>フォルダーを監視</translation>
</message>
<message>
<source>Watch a folder …</source>
<translation>フォルダーを監視…</translation>
</message>
<message>
<source>Watching {folder}: {photos} sorted so far, {failed} could not be sorted.</source>
<translation>{folder} を監視中: {photos}を整理済み、{failed}は整理できませんでした。</translation>
</message>
<message>
<source>Watching {folder}: {photos} sorted so far.</source>
<translation>{folder} を監視中: {photos}を整理済み。</translation>
</message>
<message>
<source>What a run would do</source>
<translation>実行した場合の結果</translation>
</message>
<message>
<source>What goes where</source>
<translation>移動先の一覧</translation>
</message>
<message>
<source>What the photos show</source>
<translation>写真に写っているもの</translation>
</message>
<message>
<source>What to do</source>
<translation>処理</translation>
</message>
<message>
<source>Where</source>
<translation>場所</translation>
</message>
<message>
<source>Where the model looks</source>
<translation>モデルが見た部分</translation>
</message>
<message>
<source>Where the model looks ({key})</source>
<translation>モデルが見た部分 ({key})</translation>
</message>
<message>
<source>Where to make the folders</source>
<translation>フォルダーを作る場所</translation>
</message>
<message>
<source>With {n} companion files</source>
<translation>付属ファイル: {n}</translation>
</message>
<message>
<source>Write keywords</source>
<translation>キーワードを書き込む</translation>
</message>
<message>
<source>Writing the report</source>
<translation>レポートを書き込み中</translation>
</message>
<message>
<source>You have not corrected any photo yet. Select photos and press C, D, B or N.</source>
<translation>まだ写真を修正していません。写真を選択して C、D、B、N のいずれかを押してください。</translation>
</message>
<message>
<source>You trained or added it.</source>
<translation>自分で学習させたか、追加したものです。</translation>
</message>
<message>
<source>Your quota on this drive is used up. Free some space and try again.</source>
<translation>このドライブの割り当てを使い切りました。空きを作ってやり直してください。</translation>
</message>
<message>
<source>Zoom in</source>
<translation>拡大</translation>
</message>
<message>
<source>Zoom in (Ctrl++)</source>
<translation>拡大 (Ctrl++)</translation>
</message>
<message>
<source>Zoom out</source>
<translation>縮小</translation>
</message>
<message>
<source>Zoom out (Ctrl+-)</source>
<translation>縮小 (Ctrl+-)</translation>
</message>
<message>
<source>a link leads here: {link}</source>
<translation>リンクの参照先です: {link}</translation>
</message>
<message>
<source>access control list</source>
<translation>アクセス制御リスト</translation>
</message>
<message>
<source>all</source>
<translation>すべて</translation>
</message>
<message>
<source>already there with the same content</source>
<translation>同じ内容が既にあります</translation>
</message>
<message>
<source>also photos another program keeps a database of</source>
<translation>別のプログラムのデータベースにある写真も含める</translation>
</message>
<message>
<source>also photos that links lead to</source>
<translation>リンク先の写真も含める</translation>
</message>
<message>
<source>arrived later</source>
<translation>後から届いた</translation>
</message>
<message>
<source>as a list</source>
<translation>一覧で表示</translation>
</message>
<message>
<source>as found</source>
<translation>見つかった順</translation>
</message>
<message>
<source>as the system</source>
<translation>システムに合わせる</translation>
</message>
<message>
<source>both</source>
<translation>両方</translation>
</message>
<message>
<source>by name</source>
<translation>名前順</translation>
</message>
<message>
<source>cat</source>
<translation>猫</translation>
</message>
<message>
<source>cat or dog: at least {present}, neither: at most {absent}</source>
<translation>猫・犬: {present} 以上、どちらでもない: {absent} 以下</translation>
</message>
<message>
<source>cat {cat}, dog {dog}</source>
<translation>猫 {cat}、犬 {dog}</translation>
</message>
<message>
<source>command</source>
<translation>コマンド</translation>
</message>
<message numerus="yes">
<source>copied</source>
<translation>
<numerusform>コピー</numerusform>
</translation>
</message>
<message>
<source>corrected</source>
<translation>修正済み</translation>
</message>
<message>
<source>dark</source>
<translation>ダーク</translation>
</message>
<message>
<source>dog</source>
<translation>犬</translation>
</message>
<message>
<source>done</source>
<translation>完了</translation>
</message>
<message>
<source>extended attributes</source>
<translation>拡張属性</translation>
</message>
<message numerus="yes">
<source>failed</source>
<translation>
<numerusform>失敗</numerusform>
</translation>
</message>
<message>
<source>found by symbolic links</source>
<translation>シンボリックリンク経由で見つかったもの</translation>
</message>
<message>
<source>from</source>
<translation>移動元</translation>
</message>
<message>
<source>hard links</source>
<translation>ハードリンク</translation>
</message>
<message>
<source>have these keywords already</source>
<translation>既にこのキーワードがあります</translation>
</message>
<message>
<source>in a folder that another program keeps a database of</source>
<translation>別のプログラムがデータベースで管理するフォルダー内</translation>
</message>
<message>
<source>in another folder …</source>
<translation>別のフォルダー…</translation>
</message>
<message>
<source>in the folder you added</source>
<translation>追加したフォルダーの中</translation>
</message>
<message>
<source>in the review</source>
<translation>レビュー中</translation>
</message>
<message>
<source>in the right folder already</source>
<translation>既に正しいフォルダーにあります</translation>
</message>
<message>
<source>in {folder}</source>
<translation>{folder} 内</translation>
</message>
<message>
<source>incomplete file</source>
<translation>不完全なファイル</translation>
</message>
<message>
<source>interrupted</source>
<translation>中断</translation>
</message>
<message>
<source>its photo was sorted earlier, and is gone or changed since</source>
<translation>元の写真は以前に整理され、その後なくなったか変更されています</translation>
</message>
<message>
<source>keywords: {words}</source>
<translation>キーワード: {words}</translation>
</message>
<message>
<source>label</source>
<translation>分類</translation>
</message>
<message>
<source>late companions too ({files})</source>
<translation>後から届いた付属ファイルも ({files})</translation>
</message>
<message>
<source>least sure first</source>
<translation>確信度の低い順</translation>
</message>
<message numerus="yes">
<source>left</source>
<translation>
<numerusform>そのまま</numerusform>
</translation>
</message>
<message>
<source>light</source>
<translation>ライト</translation>
</message>
<message numerus="yes">
<source>linked</source>
<translation>
<numerusform>リンク作成</numerusform>
</translation>
</message>
<message>
<source>model's label ({key})</source>
<translation>モデルの判定に戻す ({key})</translation>
</message>
<message>
<source>most sure first</source>
<translation>確信度の高い順</translation>
</message>
<message numerus="yes">
<source>moved</source>
<translation>
<numerusform>移動</numerusform>
</translation>
</message>
<message>
<source>neither</source>
<translation>どちらでもない</translation>
</message>
<message>
<source>neither or unsure</source>
<translation>どちらでもない・不明</translation>
</message>
<message>
<source>no picture</source>
<translation>画像なし</translation>
</message>
<message>
<source>none: these photos stay where they are</source>
<translation>なし: これらの写真は元の場所に残ります</translation>
</message>
<message>
<source>only the {photos} selected</source>
<translation>選択した{photos}のみ</translation>
</message>
<message>
<source>owner</source>
<translation>所有者</translation>
</message>
<message>
<source>partly undone</source>
<translation>一部を復元</translation>
</message>
<message>
<source>permissions</source>
<translation>アクセス許可</translation>
</message>
<message>
<source>photos.html</source>
<translation>写真.html</translation>
</message>
<message numerus="yes">
<source>planned</source>
<translation>
<numerusform>予定</numerusform>
</translation>
</message>
<message numerus="yes">
<source>put back</source>
<translation>
<numerusform>元に戻し済み</numerusform>
</translation>
</message>
<message numerus="yes">
<source>skipped</source>
<translation>
<numerusform>スキップ</numerusform>
</translation>
</message>
<message numerus="yes">
<source>sorted</source>
<translation>
<numerusform>整理済み</numerusform>
</translation>
</message>
<message>
<source>state</source>
<translation>状態</translation>
</message>
<message>
<source>stay</source>
<translation>そのまま</translation>
</message>
<message numerus="yes">
<source>tagged</source>
<translation>
<numerusform>キーワード付与</numerusform>
</translation>
</message>
<message>
<source>that symbolic links lead to</source>
<translation>シンボリックリンクの参照先</translation>
</message>
<message>
<source>time</source>
<translation>日時</translation>
</message>
<message>
<source>to</source>
<translation>移動先</translation>
</message>
<message>
<source>undo interrupted</source>
<translation>復元中に中断</translation>
</message>
<message>
<source>undone</source>
<translation>復元済み</translation>
</message>
<message>
<source>unreadable</source>
<translation>読み取り不可</translation>
</message>
<message>
<source>unsure</source>
<translation>不明</translation>
</message>
<message>
<source>unsure: not confident enough to sort</source>
<translation>不明: 整理できるほどの確信がありません</translation>
</message>
<message>
<source>unticked</source>
<translation>選択解除</translation>
</message>
<message>
<source>video at {moment}</source>
<translation>動画の {moment}</translation>
</message>
<message>
<source>videos</source>
<translation>動画</translation>
</message>
<message>
<source>waiting</source>
<translation>待機中</translation>
</message>
<message>
<source>what</source>
<translation>内容</translation>
</message>
<message>
<source>when</source>
<translation>日時</translation>
</message>
<message>
<source>where it was</source>
<translation>元の場所</translation>
</message>
<message>
<source>whose folder is a link out of the target; choose the real folder as the target</source>
<translation>フォルダーが移動先の外へのリンクです。実際のフォルダーを移動先に選んでください</translation>
</message>
<message>
<source>whose sidecar cannot be changed</source>
<translation>サイドカーに追記できません</translation>
</message>
<message>
<source>without sub-folders</source>
<translation>サブフォルダーなし</translation>
</message>
<message>
<source>your folder</source>
<translation>元のフォルダー</translation>
</message>
<message>
<source>{1} Files moved with it could not be moved back: {2} Undo the run to try that again.</source>
<translation>{1} 一緒に移動したファイルを戻せませんでした: {2} もう一度試すには、整理を元に戻してください。</translation>
</message>
<message>
<source>{1} TIFF{2} is not supported.</source>
<translation>{1} TIFF{2} には対応していません。</translation>
</message>
<message>
<source>{1} are not supported. Export this one as JPEG, PNG or TIFF.</source>
<translation>{1} には対応していません。JPEG、PNG または TIFF で書き出してください。</translation>
</message>
<message>
<source>{1} cannot be read: permission denied. Give yourself read permission.</source>
<translation>{1} を見る権限がありません。読み取りの権限を付けてください。</translation>
</message>
<message>
<source>{1} does not exist. Check the spelling, or give another path.</source>
<translation>{1} はありません。つづりを確認するか、別のパスを指定してください。</translation>
</message>
<message>
<source>{1} is a photo manager's library or another program's document; moving photos inside would break it. Export the photos to a folder and sort that.</source>
<translation>{1} は写真管理ソフトのライブラリか、ほかのプログラムの書類です。中の写真を移動すると壊れます。写真をフォルダーに書き出して、それを整理してください。</translation>
</message>
<message>
<source>{1} is named like a file that belongs to {2}, and would be moved with it. Choose another file.</source>
<translation>{1} は {2} に付属するファイルの名前なので、一緒に移動されてしまいます。別のファイルを選んでください。</translation>
</message>
<message>
<source>{1} is named like a photo. Choose another file.</source>
<translation>{1} は写真のような名前です。別のファイルを選んでください。</translation>
</message>
<message>
<source>{1} is not supported. Export this one as JPEG, PNG or TIFF.</source>
<translation>{1} には対応していません。JPEG、PNG または TIFF で書き出してください。</translation>
</message>
<message>
<source>{1}, or leave out --videos.</source>
<translation>{1}、または --videos を外してください。</translation>
</message>
<message>
<source>{do} {photos}</source>
<translation>{do}: {photos}</translation>
</message>
<message numerus="yes">
<source>{files} put back.</source>
<translation>
<numerusform>{files}を元に戻しました。</numerusform>
</translation>
</message>
<message numerus="yes">
<source>{files} stay where they are:</source>
<translation>
<numerusform>{files}はそのまま残ります:</numerusform>
</translation>
</message>
<message>
<source>{label} to {folder}</source>
<translation>{label} → {folder}</translation>
</message>
<message>
<source>{label}, corrected by you</source>
<translation>{label} (修正済み)</translation>
</message>
<message>
<source>{label}, {share} sure</source>
<translation>{label} (確信度 {share})</translation>
</message>
<message>
<source>{label}: {number}</source>
<translation>{label}: {number}</translation>
</message>
<message>
<source>{label}: {photos} to “{folder}”</source>
<translation>{label}: {photos} → 「{folder}」</translation>
</message>
<message>
<source>{label}: {photos}, {keywords}</source>
<translation>{label}: {photos}、{keywords}</translation>
</message>
<message>
<source>{name}, stays: unticked</source>
<translation>{name}、残ります: 選択解除</translation>
</message>
<message>
<source>{name}, to {target}</source>
<translation>{name}、移動先: {target}</translation>
</message>
<message>
<source>{name}: {label}, corrected by you</source>
<translation>{name}: {label} (修正済み)</translation>
</message>
<message>
<source>{name}: {label}, {share} sure</source>
<translation>{name}: {label} (確信度 {share})</translation>
</message>
<message numerus="yes">
<source>{number} files</source>
<translation>
<numerusform>{number} 個のファイル</numerusform>
</translation>
</message>
<message numerus="yes">
<source>{number} photos</source>
<translation>
<numerusform>{number} 枚の写真</numerusform>
</translation>
</message>
<message>
<source>{n} corrected by you</source>
<translation>修正済み {n}</translation>
</message>
<message>
<source>{n} failed</source>
<translation>失敗 {n}</translation>
</message>
<message>
<source>{n} h</source>
<translation>{n} 時間</translation>
</message>
<message>
<source>{n} min</source>
<translation>{n} 分</translation>
</message>
<message>
<source>{n} of {total}</source>
<translation>{n} / {total}</translation>
</message>
<message>
<source>{n} of {total} answered. None is kept.</source>
<translation>{total} 枚中 {n} 枚を判定しました。写真は保存されません。</translation>
</message>
<message>
<source>{n} of {total} photos</source>
<translation>{total} 枚中 {n} 枚</translation>
</message>
<message>
<source>{n} s</source>
<translation>{n} 秒</translation>
</message>
<message>
<source>{n} sorted</source>
<translation>整理済み {n}</translation>
</message>
<message>
<source>{photos} corrected by you. A correction applies wherever the photo is.</source>
<translation>{photos}を修正済み。修正は写真がどこにあっても有効です。</translation>
</message>
<message>
<source>{photos} could not be read. The most common reason: {reason}</source>
<translation>{photos}を読み取れませんでした。主な理由: {reason}</translation>
</message>
<message numerus="yes">
<source>{photos} could not be {done}:</source>
<translation>
<numerusform>{photos}を処理できませんでした ({done}):</numerusform>
</translation>
</message>
<message numerus="yes">
<source>{photos} marked {label}</source>
<translation>
<numerusform>{photos}を「{label}」にしました</numerusform>
</translation>
</message>
<message>
<source>{photos} to {folder}</source>
<translation>{photos} → {folder}</translation>
</message>
<message>
<source>{photos} with the model's label</source>
<translation>{photos}をモデルの判定に戻しました</translation>
</message>
<message>
<source>{photos} {done}</source>
<translation>{photos}: {done}</translation>
</message>
<message>
<source>{program} keeps a database of {folder}, and would miss photos that are moved. Copying, or writing keywords, leaves it intact.</source>
<translation>{program} は {folder} のデータベースを管理しており、移動した写真を見失います。コピーまたはキーワードの書き込みなら影響はありません。</translation>
</message>
<message>
<source>{source}
to {target}</source>
<translation>{source}
→ {target}</translation>
</message>
<message>
<source>{text}, incomplete file</source>
<translation>{text}、不完全なファイル</translation>
</message>
<message>
<source>{title}: {done} of {total}, {rate} a second, {left} left</source>
<translation>{title}: {done} / {total}、毎秒 {rate}、残り {left}</translation>
</message>
<message>
<source>{title}: {done} so far, {rate} a second</source>
<translation>{title}: {done} 件、毎秒 {rate}</translation>
</message>
<message>
<source>“{name}” is not a valid folder name. Give a name below the target folder.</source>
<translation>「{name}」は有効なフォルダー名ではありません。移動先フォルダーの中の名前を指定してください。</translation>
</message>
<message>
<source>… and to other folders</source>
<translation>… ほかのフォルダー</translation>
</message>
<message>
<source>← → step · Z 100% · F11 full screen</source>
<translation>← → 移動 · Z 100% · F11 全画面</translation>
</message>
<message>
<source>◂ Back to the photos</source>
<translation>◂ 写真に戻る</translation>
</message>
<message>
<source>✓ by you</source>
<translation>✓ 手動</translation>
</message>
</context>
</TS>
