<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="zh_CN" sourcelanguage="en">
<context>
<name>catdog-sorter</name>
<message>
<source>&amp;Edit</source>
<translation>编辑(&amp;E)</translation>
</message>
<message>
<source>&amp;File</source>
<translation>文件(&amp;F)</translation>
</message>
<message>
<source>&amp;Help</source>
<translation>帮助(&amp;H)</translation>
</message>
<message>
<source>&amp;Photo</source>
<translation>照片(&amp;P)</translation>
</message>
<message>
<source>&amp;View</source>
<translation>查看(&amp;V)</translation>
</message>
<message>
<source>'{1}' cannot be opened or written ({2}). Check that its folder exists, is not read-only and belongs to you, or set CATDOG_SORTER_HOME to a folder you can write to.</source>
<translation>无法打开或写入“{1}”（{2}）。请确认其文件夹存在、不是只读且属于您，或将 CATDOG_SORTER_HOME 设为可写的文件夹。</translation>
</message>
<message>
<source>'{1}' cannot be written: the drive is full. Free some space and try again.</source>
<translation>无法写入“{1}”：驱动器已满。请腾出空间后重试。</translation>
</message>
<message>
<source>'{1}' changed while it was being sorted, so it was left alone. Sort again when no other program writes to it.</source>
<translation>“{1}”在整理过程中发生变化，因此未作处理。请在没有其他程序写入时重新整理。</translation>
</message>
<message>
<source>'{1}' is a link or not a regular file, so it was left alone.</source>
<translation>“{1}”是链接或不是普通文件，因此未作处理。</translation>
</message>
<message>
<source>'{1}' is damaged ({2}). {3}</source>
<translation>“{1}”已损坏（{2}）。{3}</translation>
</message>
<message>
<source>'{1}' is in use by another program. Wait for it to finish and try again.</source>
<translation>“{1}”正被其他程序使用。请等它完成后重试。</translation>
</message>
<message>
<source>'{1}' is now a link, which could lead anywhere, so nothing was put there. Remove it and try again.</source>
<translation>“{1}”现在是一个链接，可能指向任何地方，因此没有在那里放置任何内容。请移除它后重试。</translation>
</message>
<message>
<source>'{1}' was changed after it was sorted.</source>
<translation>“{1}”在整理后被修改过。</translation>
</message>
<message>
<source>'{1}' was changed or replaced after it was read, so it was left alone. Sort again.</source>
<translation>“{1}”在读取后被修改或替换，因此未作处理。请重新整理。</translation>
</message>
<message>
<source>'{1}' was changed or replaced after the run.</source>
<translation>“{1}”此后被修改或替换。</translation>
</message>
<message>
<source>'{1}' was written by a newer catdog-sorter (format {2}, this one knows {3}). Update with `pip install --upgrade catdog-sorter`.</source>
<translation>“{1}”由较新的 catdog-sorter 写入（格式 {2}，本版本支持 {3}）。请用 `pip install --upgrade catdog-sorter` 更新。</translation>
</message>
<message>
<source>... and {photos} more.</source>
<translation>... 还有 {photos}。</translation>
</message>
<message>
<source>1 file</source>
<translation>1 个文件</translation>
</message>
<message>
<source>1 photo</source>
<translation>1 张照片</translation>
</message>
<message>
<source>100%, every pixel of the photo (Z)</source>
<translation>100%，显示照片的每个像素 (Z)</translation>
</message>
<message>
<source>A file is in the place of a folder it goes to. Rename that file and try again.</source>
<translation>目标文件夹的位置上有一个文件。请重命名该文件后重试。</translation>
</message>
<message>
<source>A hard link cannot reach another drive. Copy, or use symbolic links.</source>
<translation>硬链接不能跨驱动器。请复制，或使用符号链接。</translation>
</message>
<message>
<source>A job is still running. Stop it and close?</source>
<translation>任务仍在进行。要停止并关闭吗？</translation>
</message>
<message>
<source>Add a folder …</source>
<translation>添加文件夹…</translation>
</message>
<message>
<source>Add photos …</source>
<translation>添加照片…</translation>
</message>
<message>
<source>Added to the queue: {names}</source>
<translation>已加入队列：{names}</translation>
</message>
<message>
<source>All photos, in a strip</source>
<translation>所有照片的缩略图条</translation>
</message>
<message>
<source>An animal is present from {present}, and absent up to {absent}. Photos in between are unsure and stay where they are.</source>
<translation>达到 {present} 视为有该动物，不超过 {absent} 视为没有。介于两者之间的照片为不确定，留在原处。</translation>
</message>
<message>
<source>Another catdog-sort is moving photos right now. Wait until it is done, then try again.</source>
<translation>另一个 catdog-sort 正在移动照片。请等它完成后重试。</translation>
</message>
<message>
<source>Another program has just created its sidecar. Run the command again to add keywords to it.</source>
<translation>其他程序刚刚创建了它的附属文件 (XMP)。请再次写入关键字以添加到其中。</translation>
</message>
<message>
<source>Another program has just given it these keywords.</source>
<translation>其他程序刚刚为它添加了这些关键字。</translation>
</message>
<message>
<source>Another program has saved '{1}' while it was being checked; the earlier version is now '{2}'.</source>
<translation>在检查期间其他程序重新保存了“{1}”；之前的内容现在是“{2}”。</translation>
</message>
<message>
<source>At capacity; retry after the seconds in Retry-After.</source>
<translation>服务繁忙；请在 Retry-After 的秒数后重试。</translation>
</message>
<message>
<source>Back to all photos</source>
<translation>返回所有照片</translation>
</message>
<message>
<source>Blue looks like a dog to the model. No part looks like a cat.</source>
<translation>蓝色是模型认为像狗的部分。没有像猫的部分。</translation>
</message>
<message>
<source>Cancel</source>
<translation>取消</translation>
</message>
<message>
<source>Cats and dogs</source>
<translation>猫和狗</translation>
</message>
<message>
<source>Certainty needed</source>
<translation>所需确定度</translation>
</message>
<message>
<source>Choose a folder</source>
<translation>选择文件夹</translation>
</message>
<message>
<source>Choose a folder …</source>
<translation>选择文件夹…</translation>
</message>
<message>
<source>Choose a photo</source>
<translation>选择照片</translation>
</message>
<message>
<source>Choose photos</source>
<translation>选择照片</translation>
</message>
<message>
<source>Choose photos …</source>
<translation>选择照片…</translation>
</message>
<message>
<source>Classify the rest</source>
<translation>识别其余照片</translation>
</message>
<message>
<source>Classify the waiting photos</source>
<translation>识别等待中的照片</translation>
</message>
<message>
<source>Classifying</source>
<translation>正在识别</translation>
</message>
<message>
<source>Clear</source>
<translation>清空</translation>
</message>
<message>
<source>Clear the window</source>
<translation>清空窗口</translation>
</message>
<message>
<source>Close</source>
<translation>关闭</translation>
</message>
<message>
<source>Colour the parts of the photo that look like a cat or a dog to the model</source>
<translation>为模型认为像猫或狗的部分着色</translation>
</message>
<message>
<source>Colours</source>
<translation>颜色</translation>
</message>
<message>
<source>Command</source>
<translation>命令</translation>
</message>
<message>
<source>Comparing both models on the photos you corrected …</source>
<translation>正在用更正过的照片比较两个模型…</translation>
</message>
<message>
<source>Computing …</source>
<translation>正在询问模型…</translation>
</message>
<message>
<source>Continue</source>
<translation>继续</translation>
</message>
<message>
<source>Copy</source>
<translation>复制</translation>
</message>
<message>
<source>Copy path</source>
<translation>复制路径</translation>
</message>
<message>
<source>Copy the photos</source>
<translation>复制照片</translation>
</message>
<message>
<source>Corrections</source>
<translation>更正</translation>
</message>
<message>
<source>Corrections …</source>
<translation>更正…</translation>
</message>
<message>
<source>Corrections, the latest first</source>
<translation>更正（最近的在前）</translation>
</message>
<message>
<source>Cross-origin request, or a Host header that does not name this computer.</source>
<translation>来自其他站点的请求，或 Host 标头未指向本机。</translation>
</message>
<message>
<source>Cross-origin requests are refused. Open the service's own page instead.</source>
<translation>拒绝来自其他站点的请求。请打开本服务自己的页面。</translation>
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
<translation>默认值</translation>
</message>
<message>
<source>Despite its name, it is {1}.</source>
<translation>无论文件名如何，它是 {1}。</translation>
</message>
<message>
<source>Drop photos or folders here</source>
<translation>将照片或文件夹拖到这里</translation>
</message>
<message>
<source>Drop photos or folders here, or click to choose some.</source>
<translation>将照片或文件夹拖到这里，或点击选择。</translation>
</message>
<message>
<source>Each photo is classified: a cat, a dog, both, or neither?
Nothing is moved before you have seen the plan and agreed, and every sort can be undone.
Your photos never leave this computer.</source>
<translation>逐张识别照片：是猫、狗、两者都有，还是都没有？
在您看过去向并确认之前，不会移动任何文件；每次整理都可以撤销。
照片绝不会离开这台电脑。</translation>
</message>
<message>
<source>Earlier runs, the latest first</source>
<translation>以往的整理（最近的在前）</translation>
</message>
<message>
<source>Empty the window; the photos stay on disk</source>
<translation>清空窗口；照片仍保留在磁盘上</translation>
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
<translation>每个像素 (100%)</translation>
</message>
<message>
<source>Everything here can be undone. Files changed since then stay where they are and are listed.</source>
<translation>这里的所有操作都可以撤销。之后被修改的文件会留在原处并列出。</translation>
</message>
<message>
<source>Files that arrived after their photos were sorted: {files}</source>
<translation>照片整理之后才出现的文件：{files}</translation>
</message>
<message>
<source>Files that arrived later go to their photos, which were sorted earlier: {files}</source>
<translation>后来出现的文件会移到先前已整理的照片处：{files}</translation>
</message>
<message>
<source>Fit</source>
<translation>适合</translation>
</message>
<message>
<source>Fit the picture</source>
<translation>适合窗口大小</translation>
</message>
<message>
<source>Fit the picture into the view (Ctrl+0)</source>
<translation>使图像适合显示区域 (Ctrl+0)</translation>
</message>
<message>
<source>Folder for {label}</source>
<translation>“{label}”的文件夹</translation>
</message>
<message>
<source>Folder to watch</source>
<translation>要监视的文件夹</translation>
</message>
<message>
<source>Folders that are empty now were removed: {n}. Undo brings them back.</source>
<translation>已删除变空的文件夹：{n}。撤销可恢复。</translation>
</message>
<message>
<source>From {folder}:</source>
<translation>来自 {folder}：</translation>
</message>
<message>
<source>Full screen</source>
<translation>全屏</translation>
</message>
<message>
<source>Hide this message</source>
<translation>隐藏此消息</translation>
</message>
<message>
<source>History</source>
<translation>历史记录</translation>
</message>
<message>
<source>History …</source>
<translation>历史记录…</translation>
</message>
<message>
<source>In the queue: {n} more.</source>
<translation>队列中还有 {n} 项。</translation>
</message>
<message>
<source>Include</source>
<translation>包括</translation>
</message>
<message>
<source>Internal error.</source>
<translation>内部错误。</translation>
</message>
<message>
<source>It begins with zeros only, a sign of a failed copy or memory card. Copy it again.</source>
<translation>开头全是零，通常是复制失败或存储卡故障所致。请重新复制。</translation>
</message>
<message>
<source>It belongs to a photo that was put back, but '{1}' is there.</source>
<translation>它属于一张已放回的照片，但那里已有“{1}”。</translation>
</message>
<message>
<source>It came with the program.</source>
<translation>随程序提供。</translation>
</message>
<message>
<source>It cannot be read, so its correction cannot be stored ({1}).</source>
<translation>无法读取，因此无法记住更正（{1}）。</translation>
</message>
<message>
<source>It could not be decoded within {1}, so it was skipped.</source>
<translation>未能在 {1} 内解码，已放弃。</translation>
</message>
<message>
<source>It could not be read from the disk: {1}.</source>
<translation>磁盘无法读取：{1}。</translation>
</message>
<message>
<source>It declares a document type, which no sidecar needs and which can do harm.</source>
<translation>它声明了文档类型，附属文件不需要它，且可能有害。</translation>
</message>
<message>
<source>It has more than {1} streams, so it is not decoded.</source>
<translation>包含超过 {1} 个流，因此不解码。</translation>
</message>
<message>
<source>It has no video stream.</source>
<translation>其中没有动态画面。</translation>
</message>
<message>
<source>It is a link that leads back to itself.</source>
<translation>这是一个循环链接。</translation>
</message>
<message>
<source>It is a link whose target cannot be reached.</source>
<translation>这是一个目标无法访问的链接。</translation>
</message>
<message>
<source>It is a video. Add --videos to include videos.</source>
<translation>这是视频。加上 --videos 可同时识别视频。</translation>
</message>
<message>
<source>It is damaged, or not written in UTF-8: {1}, line {2}.</source>
<translation>已损坏或不是 UTF-8：{1}，第 {2} 行。</translation>
</message>
<message>
<source>It is larger than {1} GiB, so it is not read as a photo.</source>
<translation>大于 {1} GiB，因此不是照片。</translation>
</message>
<message>
<source>It is larger than {1} MiB, so it was not read.</source>
<translation>大于 {1} MiB，因此未读取。</translation>
</message>
<message>
<source>It is no longer at '{1}': it was moved, renamed or deleted, or its drive is not connected.</source>
<translation>已不在“{1}”：被移动、重命名或删除，或驱动器未连接。</translation>
</message>
<message>
<source>It is no longer there.</source>
<translation>已不在原处。</translation>
</message>
<message>
<source>It is no longer there: another program moved or deleted it.</source>
<translation>已不在原处：被其他程序移动或删除。</translation>
</message>
<message>
<source>It is not XMP: it has no rdf:Description.</source>
<translation>不是 XMP：其中没有任何描述。</translation>
</message>
<message>
<source>It is not a picture in a supported format.</source>
<translation>无论文件名如何，其内容不是本程序可读取格式的图片。</translation>
</message>
<message>
<source>It is not a regular file.</source>
<translation>这不是普通文件。</translation>
</message>
<message>
<source>It is not a video in a supported format.</source>
<translation>无论文件名如何，其内容不是本程序可读取格式的视频。</translation>
</message>
<message>
<source>It stays with '{1}'. {2}</source>
<translation>与“{1}”一起留下。{2}</translation>
</message>
<message>
<source>It stays with its photo. {1}</source>
<translation>与它的照片一起留下。{1}</translation>
</message>
<message>
<source>It told cat from dog correctly in {share} of its test photos.</source>
<translation>在 {share} 的测试照片中正确区分了猫和狗。</translation>
</message>
<message>
<source>It was moved, renamed or deleted since the run.</source>
<translation>已不在原处：整理之后被移动、重命名或删除。</translation>
</message>
<message>
<source>It was removed after its folder was listed.</source>
<translation>文件已消失：列出文件夹时还在。</translation>
</message>
<message>
<source>Its file is truncated, or has extra data at its end.</source>
<translation>文件不完整，或结尾位置不对。</translation>
</message>
<message>
<source>Its folder or the target folder cannot be changed, or another program has the file open. Check the permissions and try again.</source>
<translation>无法更改其所在文件夹或目标文件夹，或其他程序正在使用它。请检查权限后重试。</translation>
</message>
<message>
<source>Its header states frames of {1} x {2} pixels; at most {3} megapixels are decoded, to limit memory.</source>
<translation>标称每帧 {1} x {2} 像素；为保护内存，最多解码 {3} 百万像素。</translation>
</message>
<message>
<source>Its header states {1} x {2} pixels; at most {3} megapixels are decoded, to limit memory.</source>
<translation>标称 {1} x {2} 像素；为保护内存，最多解码 {3} 百万像素。</translation>
</message>
<message>
<source>Its original place '{1}' is taken by another file.</source>
<translation>原位置“{1}”已被其他文件占用。</translation>
</message>
<message>
<source>Its sidecar '{1}' was left as it is. {2}</source>
<translation>其附属文件“{1}”保持原样。{2}</translation>
</message>
<message>
<source>Its structure is not supported: {1}.</source>
<translation>其结构是本程序不认识的：{1}。</translation>
</message>
<message>
<source>Its video codec is not supported.</source>
<translation>其编码方式本程序无法解码。</translation>
</message>
<message>
<source>JPEG XL needs imagecodecs, which is not installed. Run `pip install 'catdog-sorter[formats]'`.</source>
<translation>JPEG XL 照片需要附加组件。请运行 `pip install 'catdog-sorter[formats]'`。</translation>
</message>
<message>
<source>JSON, a photo a line (*.jsonl)</source>
<translation>JSON，每行一张照片 (*.jsonl)</translation>
</message>
<message>
<source>Keep the best model so far</source>
<translation>保留目前学到的最佳结果</translation>
</message>
<message>
<source>Keep the current model</source>
<translation>保留当前模型</translation>
</message>
<message>
<source>Keys</source>
<translation>按键</translation>
</message>
<message>
<source>Label the selected photos</source>
<translation>为所选照片加标签</translation>
</message>
<message>
<source>Label this photo and go on to the next</source>
<translation>为这张照片加标签并转到下一张</translation>
</message>
<message>
<source>Label: {label}</source>
<translation>标签：{label}</translation>
</message>
<message>
<source>Language</source>
<translation>语言</translation>
</message>
<message>
<source>Large picture</source>
<translation>大图</translation>
</message>
<message>
<source>Learn</source>
<translation>学习</translation>
</message>
<message>
<source>Learn from corrections …</source>
<translation>从更正中学习…</translation>
</message>
<message>
<source>Learn from my corrections</source>
<translation>从我的更正中学习</translation>
</message>
<message>
<source>Learn …</source>
<translation>学习…</translation>
</message>
<message>
<source>Learning needs PyTorch or TensorFlow, and neither is installed. Run `pip install 'catdog-sorter[torch]'` and open this again. Your corrections apply in any case.</source>
<translation>学习需要 PyTorch 或 TensorFlow，但两者都未安装。请运行 `pip install 'catdog-sorter[torch]'`，然后重新打开此窗口。无论如何，您的更正都有效。</translation>
</message>
<message>
<source>Left alone, as the system or other programs keep their files there: {names}</source>
<translation>系统或其他程序在此存放文件，因此未处理：{names}</translation>
</message>
<message>
<source>Left out, as they are in iCloud only: {photos}</source>
<translation>仅在 iCloud 中，因此未包括：{photos}</translation>
</message>
<message>
<source>Link</source>
<translation>链接</translation>
</message>
<message>
<source>Links to photos that are moved will break.</source>
<translation>指向被移动照片的链接将失效。</translation>
</message>
<message>
<source>Look again</source>
<translation>重新读取</translation>
</message>
<message>
<source>Looking for the photos you corrected …</source>
<translation>正在查找更正过的照片…</translation>
</message>
<message>
<source>Make hard links</source>
<translation>创建硬链接</translation>
</message>
<message>
<source>Make relative symbolic links</source>
<translation>创建相对符号链接</translation>
</message>
<message>
<source>Make symbolic links</source>
<translation>创建符号链接</translation>
</message>
<message>
<source>Marked {label}</source>
<translation>已标为“{label}”</translation>
</message>
<message>
<source>Messages of the training</source>
<translation>训练输出</translation>
</message>
<message>
<source>Model</source>
<translation>模型</translation>
</message>
<message>
<source>Model's label</source>
<translation>恢复模型的判断</translation>
</message>
<message>
<source>Model, folders, colours (Ctrl+,)</source>
<translation>模型、文件夹、颜色 (Ctrl+,)</translation>
</message>
<message>
<source>Move</source>
<translation>移动</translation>
</message>
<message>
<source>Move the photos</source>
<translation>移动照片</translation>
</message>
<message>
<source>Move them there …</source>
<translation>移到照片处 …</translation>
</message>
<message>
<source>Moved to photos that were sorted earlier: {files}</source>
<translation>已移到先前整理的照片处：{files}</translation>
</message>
<message>
<source>Name the folder of one label at least.</source>
<translation>请至少为一个标签指定文件夹。</translation>
</message>
<message>
<source>New photos in this folder are sorted automatically while the window is open, and so are those that are there already. Every sort is in the history and can be undone.</source>
<translation>窗口打开期间，会自动整理此文件夹中的新照片和已有照片。每次整理都记入历史记录，可以还原。</translation>
</message>
<message>
<source>Next photo</source>
<translation>下一张照片</translation>
</message>
<message>
<source>No folder is chosen yet.</source>
<translation>尚未选择文件夹。</translation>
</message>
<message>
<source>No model was trained. The messages of the training are below.</source>
<translation>没有训练出模型。训练的输出见下方。</translation>
</message>
<message>
<source>No part of this photo looks like a cat or a dog to the model.</source>
<translation>模型认为这张照片没有像猫或狗的部分。</translation>
</message>
<message>
<source>No photo is kept.</source>
<translation>不会保留任何照片。</translation>
</message>
<message>
<source>No photo matches.</source>
<translation>没有符合的照片。</translation>
</message>
<message>
<source>No photos have been sorted yet.</source>
<translation>尚未整理过照片。</translation>
</message>
<message>
<source>No photos were found in {names}.</source>
<translation>在 {names} 中没有找到照片。</translation>
</message>
<message>
<source>No photos were found there. Nothing was changed.</source>
<translation>那里没有找到照片。未作任何更改。</translation>
</message>
<message>
<source>Not classified yet: {photos}</source>
<translation>尚未识别：{photos}</translation>
</message>
<message>
<source>Not kept on another drive: {attribute} ({number})</source>
<translation>未能在另一驱动器上保留：{attribute}（{number}）</translation>
</message>
<message>
<source>Not searched, because sorted photos go there: {names}</source>
<translation>未搜索，因为整理后的照片放在那里：{names}</translation>
</message>
<message>
<source>Not sorted: {list}</source>
<translation>未整理：{list}</translation>
</message>
<message>
<source>Not sorted: {reason}</source>
<translation>未整理：{reason}</translation>
</message>
<message>
<source>Nothing has been moved yet. A click or Space leaves a photo out; drag it to another column, or press {keys}, to correct it.</source>
<translation>尚未移动任何文件。单击或按空格键可排除照片；拖到另一列或按 {keys} 可更正。</translation>
</message>
<message>
<source>Nothing was changed. Move that file away to continue without your corrections, or restore it from a backup to keep them. Sorting runs can still be undone.</source>
<translation>未作任何更改。移走该文件可在没有更正的情况下继续，或从备份恢复以保留更正。整理操作仍可照常撤销。</translation>
</message>
<message>
<source>Nothing was changed. Move that file away to start with an empty one; runs recorded in it can then no longer be undone.</source>
<translation>未作任何更改。移走该文件可从空白开始；其中记录的操作将无法再撤销。</translation>
</message>
<message>
<source>Nothing was sorted</source>
<translation>未整理任何照片</translation>
</message>
<message>
<source>OK</source>
<translation>确定</translation>
</message>
<message>
<source>Of {photos} you corrected, the current model labels {old} as you did, the new one {new}. The new one was trained on most of these photos, so it should do better here. Its results on other photos are shown above.</source>
<translation>在您更正过的 {photos}中，当前模型有 {old} 张与您一致，新模型有 {new} 张。新模型学习过其中大部分照片，因此在这里应当更好；它对从未见过的照片的表现见上方。</translation>
</message>
<message>
<source>One photo after the other, the least sure first (F5)</source>
<translation>逐张查看，最没把握的在前 (F5)</translation>
</message>
<message>
<source>One photo, large</source>
<translation>一张照片的大图</translation>
</message>
<message>
<source>Only photos that are classified and can be read can be labelled.</source>
<translation>只能为已识别且可读取的照片加标签。</translation>
</message>
<message>
<source>Open folder</source>
<translation>打开文件夹</translation>
</message>
<message>
<source>Open in its own program</source>
<translation>用默认程序打开</translation>
</message>
<message>
<source>Open it</source>
<translation>打开</translation>
</message>
<message>
<source>Open the file</source>
<translation>打开文件</translation>
</message>
<message>
<source>Open the folder these photos came from, to sort new photos in it</source>
<translation>打开这些照片原来的文件夹，整理其中的新照片</translation>
</message>
<message>
<source>Open the photo large, and back</source>
<translation>打开大图，再按返回</translation>
</message>
<message>
<source>Open this folder again</source>
<translation>再次打开此文件夹</translation>
</message>
<message>
<source>Open {name} large</source>
<translation>打开 {name} 的大图</translation>
</message>
<message>
<source>Orange looks like a cat to the model, blue like a dog.</source>
<translation>橙色是模型认为像猫的部分，蓝色是像狗的部分。</translation>
</message>
<message>
<source>Orange looks like a cat to the model. No part looks like a dog.</source>
<translation>橙色是模型认为像猫的部分。没有像狗的部分。</translation>
</message>
<message>
<source>Order</source>
<translation>排序</translation>
</message>
<message>
<source>Page of pictures (*.html)</source>
<translation>图片网页 (*.html)</translation>
</message>
<message>
<source>Paste</source>
<translation>粘贴</translation>
</message>
<message>
<source>Permission to read it was denied. Give yourself read permission.</source>
<translation>没有读取权限。请授予读取权限。</translation>
</message>
<message>
<source>Photos</source>
<translation>照片</translation>
</message>
<message>
<source>Photos already sorted stay sorted</source>
<translation>已整理的保持不变</translation>
</message>
<message>
<source>Photos are being moved. Undo when that is done, or stop it.</source>
<translation>正在移动照片。请等完成后再撤销，或先停止。</translation>
</message>
<message>
<source>Photos cannot be classified.</source>
<translation>无法对照片分类。</translation>
</message>
<message>
<source>Photos of cats go to a folder for cats, dogs to one for dogs, photos of both to a third, and all others stay where they are.</source>
<translation>猫的照片放入猫文件夹，狗的照片放入狗文件夹，两者都有的放入第三个文件夹，其余照片留在原处。</translation>
</message>
<message>
<source>Photos that were already sorted stay sorted; you can undo that later.</source>
<translation>已整理的照片保持不变，之后可以放回原处。</translation>
</message>
<message>
<source>Planning</source>
<translation>正在规划</translation>
</message>
<message>
<source>Planning …</source>
<translation>正在规划…</translation>
</message>
<message>
<source>Previous photo</source>
<translation>上一张照片</translation>
</message>
<message>
<source>Progress</source>
<translation>进度</translation>
</message>
<message>
<source>Progress of the training</source>
<translation>训练进度</translation>
</message>
<message>
<source>Put them back</source>
<translation>放回原处</translation>
</message>
<message>
<source>Put these photos back</source>
<translation>将这些照片放回原处</translation>
</message>
<message>
<source>Putting back</source>
<translation>正在放回</translation>
</message>
<message>
<source>Putting back …</source>
<translation>正在放回…</translation>
</message>
<message>
<source>Quit</source>
<translation>退出</translation>
</message>
<message>
<source>Reading it takes more than {1} seconds, so it was not read.</source>
<translation>读取超过 {1} 秒，因此未读取。</translation>
</message>
<message>
<source>Reading the corrections …</source>
<translation>正在读取更正…</translation>
</message>
<message>
<source>Reading the history …</source>
<translation>正在读取历史记录…</translation>
</message>
<message>
<source>Recent folders</source>
<translation>最近的文件夹</translation>
</message>
<message>
<source>Redo</source>
<translation>重做</translation>
</message>
<message>
<source>Remove the selected corrections; the photos stay</source>
<translation>撤回所选更正；照片不动</translation>
</message>
<message>
<source>Remove your correction, also one from an earlier day</source>
<translation>撤回您的更正，包括以前的</translation>
</message>
<message>
<source>Report made</source>
<translation>报告时间</translation>
</message>
<message>
<source>Restore all files of this run</source>
<translation>将这次整理的所有文件放回原处</translation>
</message>
<message>
<source>Review</source>
<translation>逐张查看</translation>
</message>
<message>
<source>Review, least sure first</source>
<translation>逐张查看，最没把握的在前</translation>
</message>
<message>
<source>Run `catdog-sort cache clear`; photos are then classified again.</source>
<translation>运行 `catdog-sort cache clear`；之后会重新对照片分类。</translation>
</message>
<message>
<source>Run pip install 'catdog-sorter[video]' first.</source>
<translation>请先运行 pip install 'catdog-sorter[video]'。</translation>
</message>
<message>
<source>Run {number}</source>
<translation>第 {number} 次整理</translation>
</message>
<message>
<source>Save report</source>
<translation>保存报告</translation>
</message>
<message>
<source>Save report …</source>
<translation>保存报告…</translation>
</message>
<message>
<source>Save what is shown as a table</source>
<translation>将显示的内容另存为表格</translation>
</message>
<message>
<source>Search by name</source>
<translation>按名称搜索</translation>
</message>
<message>
<source>Search names and folders</source>
<translation>搜索名称和文件夹</translation>
</message>
<message>
<source>Search there too</source>
<translation>也在那里搜索</translation>
</message>
<message>
<source>See what would go where, then move it (Ctrl+Return)</source>
<translation>先查看去向，再移动 (Ctrl+Enter)</translation>
</message>
<message>
<source>Select all photos</source>
<translation>选择所有照片</translation>
</message>
<message>
<source>Send one photo a request.</source>
<translation>每次请求发送一张照片。</translation>
</message>
<message>
<source>Settings</source>
<translation>设置</translation>
</message>
<message>
<source>Settings …</source>
<translation>设置…</translation>
</message>
<message>
<source>Show</source>
<translation>显示</translation>
</message>
<message>
<source>Show all</source>
<translation>显示全部</translation>
</message>
<message>
<source>Show and undo earlier sorts (Ctrl+H)</source>
<translation>查看以往的整理并放回原处 (Ctrl+H)</translation>
</message>
<message>
<source>Show in its folder</source>
<translation>在文件夹中显示</translation>
</message>
<message>
<source>Show only these photos</source>
<translation>只显示这些照片</translation>
</message>
<message>
<source>Show them</source>
<translation>显示</translation>
</message>
<message>
<source>Show what failed</source>
<translation>显示失败的照片</translation>
</message>
<message>
<source>Size</source>
<translation>大小</translation>
</message>
<message>
<source>Size of the pictures</source>
<translation>图片大小</translation>
</message>
<message>
<source>Some of its photos</source>
<translation>其中部分照片</translation>
</message>
<message>
<source>Something went wrong in the window ({error}). No photo was lost; please report it.</source>
<translation>窗口出现错误（{error}）。没有丢失照片；请反馈此问题。</translation>
</message>
<message>
<source>Sort</source>
<translation>整理</translation>
</message>
<message>
<source>Sort that folder again …</source>
<translation>再次整理该文件夹…</translation>
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
<translation>正在整理</translation>
</message>
<message>
<source>Space</source>
<translation>空格</translation>
</message>
<message>
<source>Standard</source>
<translation>标准</translation>
</message>
<message>
<source>Stop</source>
<translation>停止</translation>
</message>
<message>
<source>Stop and close</source>
<translation>停止并关闭</translation>
</message>
<message>
<source>Stop safely; everything done so far is kept</source>
<translation>在下一个安全点停止；已完成的保持不变</translation>
</message>
<message>
<source>Stop watching</source>
<translation>停止监视</translation>
</message>
<message>
<source>Stopped before it was decoded.</source>
<translation>在解码之前已停止。</translation>
</message>
<message>
<source>Stopped.</source>
<translation>已停止。</translation>
</message>
<message>
<source>Stopping …</source>
<translation>正在停止…</translation>
</message>
<message>
<source>Table (*.csv)</source>
<translation>表格 (*.csv)</translation>
</message>
<message>
<source>Tag</source>
<translation>写入关键字</translation>
</message>
<message>
<source>Takes effect at the next start of the window</source>
<translation>下次打开窗口时生效</translation>
</message>
<message>
<source>That is not the token.</source>
<translation>令牌不正确。</translation>
</message>
<message>
<source>That program will no longer find photos that are moved: {folders}</source>
<translation>移动后，以下程序将找不到这些照片：{folders}</translation>
</message>
<message>
<source>That was the last photo.</source>
<translation>已是最后一张照片。</translation>
</message>
<message>
<source>The body is not a multipart form.</source>
<translation>请求正文不是 multipart 表单。</translation>
</message>
<message>
<source>The clipboard holds no photos. Copy files or folders first.</source>
<translation>剪贴板中没有照片。请先复制文件或文件夹。</translation>
</message>
<message>
<source>The copy of '{1}' reads back differently, so the original was kept. Check the drive of '{2}' for errors.</source>
<translation>“{1}”的副本读回后不一致，因此保留了原件。请检查“{2}”所在驱动器的错误。</translation>
</message>
<message>
<source>The drive is full. Free some space and try again.</source>
<translation>驱动器已满。请腾出空间后重试。</translation>
</message>
<message>
<source>The drive is read-only. Copy instead of moving, into a folder elsewhere.</source>
<translation>驱动器为只读。请改为复制到其他位置的文件夹。</translation>
</message>
<message>
<source>The drive reports an error. Check its cable and its health before you continue.</source>
<translation>驱动器报告错误。继续之前请检查线缆和驱动器状况。</translation>
</message>
<message>
<source>The drive reports its name and others as taken, although no files have them. Check the drive for errors.</source>
<translation>驱动器称该名称及其他名称已被占用，但实际并不存在。请检查驱动器错误。</translation>
</message>
<message>
<source>The file does not hold a picture that can be shown.</source>
<translation>文件中没有可显示的图片。</translation>
</message>
<message>
<source>The file is empty.</source>
<translation>文件为空。</translation>
</message>
<message>
<source>The folder '{1}' was replaced after the photos were read, so they were left alone. Try again.</source>
<translation>读取照片后文件夹“{1}”被替换或移除，因此照片未作处理。请重试。</translation>
</message>
<message>
<source>The folder is no longer watched. {reason}</source>
<translation>已不再监视该文件夹。{reason}</translation>
</message>
<message>
<source>The form holds no photo, too many, or something else.</source>
<translation>表单中没有照片、照片过多或包含其他内容。</translation>
</message>
<message>
<source>The form is malformed.</source>
<translation>表单格式有误。</translation>
</message>
<message>
<source>The interface for programs</source>
<translation>编程接口</translation>
</message>
<message>
<source>The lock file '{1}' cannot be used ({2}), so nothing was moved. Set CATDOG_SORTER_HOME to a folder on a local drive that you can write to.</source>
<translation>锁定文件“{1}”无法使用（{2}），因此未移动任何内容。请将 CATDOG_SORTER_HOME 设为本地驱动器上可写的文件夹。</translation>
</message>
<message>
<source>The name would be too long there. Choose a folder with a shorter path.</source>
<translation>名称在那里会过长。请选择路径较短的文件夹。</translation>
</message>
<message>
<source>The new model was saved, but the two models could not be compared.</source>
<translation>新模型已就绪，但无法比较两个模型。</translation>
</message>
<message>
<source>The original '{1}' no longer exists, so the file made from it was kept.</source>
<translation>原件“{1}”已不存在，因此保留由它生成的内容。</translation>
</message>
<message>
<source>The original '{1}' was changed since; the copy may be the only one of the earlier version.</source>
<translation>原件“{1}”此后被修改；副本可能是旧版本的唯一一份。</translation>
</message>
<message>
<source>The part of the program that reads photos stopped unexpectedly, perhaps because of a damaged photo. No photo was lost. Classify again to continue.</source>
<translation>读取照片的部分意外停止，可能是因为某张照片已损坏。没有丢失照片。请重新识别以继续。</translation>
</message>
<message>
<source>The photo is too large for this service.</source>
<translation>照片太大，此服务无法处理。</translation>
</message>
<message>
<source>The photos could not be classified in time.</source>
<translation>未能及时对照片分类。</translation>
</message>
<message>
<source>The photos did not arrive in time.</source>
<translation>照片未能及时送达。</translation>
</message>
<message>
<source>The photos stay where they are; keywords are written beside them (XMP).</source>
<translation>照片留在原处；关键字写入旁边的文件 (XMP)。</translation>
</message>
<message>
<source>The picture is cut off: the end of the file is missing.</source>
<translation>图片不完整：缺少文件末尾。</translation>
</message>
<message>
<source>The picture is damaged or cut off: only its first bytes can be read.</source>
<translation>图片已损坏或不完整：只有开头几个字节有效。</translation>
</message>
<message>
<source>The picture is damaged, or made in a way this program cannot decode ({1}).</source>
<translation>图片已损坏，或采用了本程序无法解码的方式（{1}）。</translation>
</message>
<message>
<source>The process that decodes photos could not be started ({1}). Close other programs and try again, or install catdog-sorter again in a fresh environment.</source>
<translation>程序中负责解码照片的部分无法启动（{1}）。请关闭其他程序后重试，或在新环境中重新安装 catdog-sorter。</translation>
</message>
<message>
<source>The report is saved: {file}</source>
<translation>报告已保存：{file}</translation>
</message>
<message>
<source>The report {1} cannot be written ({2}). Give another place for it, or make room.</source>
<translation>无法写入报告 {1}（{2}）。请换一个位置，或腾出空间。</translation>
</message>
<message>
<source>The request is too large.</source>
<translation>请求过大。</translation>
</message>
<message>
<source>The service does not answer.</source>
<translation>服务没有响应。</translation>
</message>
<message>
<source>The service is at capacity. Retry in a second.</source>
<translation>服务繁忙。请一秒后重试。</translation>
</message>
<message>
<source>The service took too long.</source>
<translation>服务处理时间过长。</translation>
</message>
<message>
<source>The system does not permit it. Check the permissions, or copy instead.</source>
<translation>系统不允许。请检查权限，或改为复制。</translation>
</message>
<message>
<source>The system reports: {1}.</source>
<translation>系统提示：{1}。</translation>
</message>
<message>
<source>The target drive does not accept the name '{1}', or the folder was just removed. Rename the photo, or sort again.</source>
<translation>目标驱动器不接受名称“{1}”，或刚刚丢失该文件夹。请重命名，或重新整理。</translation>
</message>
<message>
<source>The target drive does not support this. Copy instead.</source>
<translation>目标驱动器不支持。请改为复制。</translation>
</message>
<message>
<source>The token is missing or wrong.</source>
<translation>令牌缺失或错误。</translation>
</message>
<message>
<source>The training is still running. Press Stop to end it.</source>
<translation>训练仍在进行。按“停止”可结束。</translation>
</message>
<message>
<source>The video is damaged or cut off, or made in a way this program cannot decode.</source>
<translation>视频已损坏或不完整，或采用了本程序无法解码的方式。</translation>
</message>
<message>
<source>The video is damaged or cut off: too few of its frames can be decoded.</source>
<translation>视频已损坏或不完整：可解码的帧太少。</translation>
</message>
<message>
<source>The {1} is damaged: decoding it fails ({2}).</source>
<translation>{1} 已损坏，解码失败（{2}）。</translation>
</message>
<message>
<source>The {1} of {2} could not be kept on another drive.</source>
<translation>在另一驱动器上无法保留 {2} 的 {1}。</translation>
</message>
<message>
<source>There is not enough memory to decode it.</source>
<translation>内存不足，无法解码。</translation>
</message>
<message>
<source>There is nothing to report until photos are classified.</source>
<translation>识别照片之前，报告没有内容。</translation>
</message>
<message>
<source>There is nothing to sort.</source>
<translation>没有需要整理的照片。</translation>
</message>
<message>
<source>This camera RAW file holds no preview of a useful size. Run `pip install 'catdog-sorter[raw]'` to decode it.</source>
<translation>此 RAW 文件没有足够大的预览图。请运行 `pip install 'catdog-sorter[raw]'` 以便冲印。</translation>
</message>
<message>
<source>This camera RAW file is damaged, or from a camera too new for the decoder. `pip install --upgrade rawpy` may help.</source>
<translation>此 RAW 文件已损坏，或来自解码器尚不支持的新相机。`pip install --upgrade rawpy` 或许有用。</translation>
</message>
<message>
<source>This folder cannot be opened: {1}.</source>
<translation>无法打开此文件夹：{1}。</translation>
</message>
<message>
<source>This model has no results for parts of a photo.</source>
<translation>此模型只能整体读取照片，因此没有可显示的部分。</translation>
</message>
<message>
<source>This page draws its photos with a script of its own; allow it to run to see them.</source>
<translation>本页用自带的脚本显示照片；请允许运行脚本以查看。</translation>
</message>
<message>
<source>This photo has the model's label already: you have not corrected it.</source>
<translation>已是模型的判断：您没有更正过这张照片。</translation>
</message>
<message>
<source>This service asks for its token:</source>
<translation>此服务需要令牌：</translation>
</message>
<message>
<source>This service is for the computer it runs on. Call it localhost, or start it with a token.</source>
<translation>此服务仅供运行它的计算机使用。请用 localhost 访问，或带令牌启动。</translation>
</message>
<message>
<source>This service needs its token. Send the header `Authorization: Bearer TOKEN`.</source>
<translation>此服务需要令牌。请发送标头 `Authorization: Bearer TOKEN`。</translation>
</message>
<message>
<source>Too little room in {folder}: {needed} are needed, {free} are free.</source>
<translation>{folder} 空间不足：需要 {needed}，可用 {free}。</translation>
</message>
<message>
<source>Train a model with the photos you have corrected</source>
<translation>用您更正过的照片训练模型</translation>
</message>
<message>
<source>Trains a new model, “{name}”, on {photos} you have corrected and on those you have sorted, so check the sorted folders first. A few hundred photos take some minutes; you can keep using the window. The current model stays in use until you choose the new one.</source>
<translation>用您更正过的 {photos}以及已整理的照片训练新模型“{name}”；请先检查整理好的文件夹。几百张照片需要几分钟，期间窗口仍可使用。在您选择之前，当前模型不变。</translation>
</message>
<message>
<source>Try it with these photos</source>
<translation>用这些照片试试</translation>
</message>
<message>
<source>Undo</source>
<translation>撤销</translation>
</message>
<message>
<source>Undo {step}</source>
<translation>撤销：{step}</translation>
</message>
<message>
<source>Unexpected error ({1}: {2}). No photo was lost; try again and report it if it persists.</source>
<translation>意外错误（{1}：{2}）。没有照片丢失；请重试，若仍出现请报告。</translation>
</message>
<message>
<source>Use the new model</source>
<translation>使用新模型</translation>
</message>
<message>
<source>Use the values that the model came with</source>
<translation>使用模型自带的值</translation>
</message>
<message>
<source>Uses copies of them; your own photos are not touched</source>
<translation>使用的是副本，不会动您的照片</translation>
</message>
<message>
<source>Videos need PyAV, which is not installed. Run `pip install 'catdog-sorter[video]'`.</source>
<translation>视频需要附加组件。请运行 `pip install 'catdog-sorter[video]'`。</translation>
</message>
<message>
<source>Videos passed over: {n}. The settings can include them.</source>
<translation>跳过的视频：{n}。可在设置中包括它们。</translation>
</message>
<message>
<source>Watch</source>
<translation>监视</translation>
</message>
<message>
<source>Watch a folder</source>
<translation>监视文件夹</translation>
</message>
<message>
<source>Watch a folder …</source>
<translation>监视文件夹…</translation>
</message>
<message>
<source>Watching {folder}: {photos} sorted so far, {failed} could not be sorted.</source>
<translation>正在监视 {folder}：已整理 {photos}，{failed}无法整理。</translation>
</message>
<message>
<source>Watching {folder}: {photos} sorted so far.</source>
<translation>正在监视 {folder}：已整理 {photos}。</translation>
</message>
<message>
<source>What a run would do</source>
<translation>整理预览</translation>
</message>
<message>
<source>What goes where</source>
<translation>照片去向</translation>
</message>
<message>
<source>What the photos show</source>
<translation>照片内容</translation>
</message>
<message>
<source>What to do</source>
<translation>操作</translation>
</message>
<message>
<source>Where</source>
<translation>位置</translation>
</message>
<message>
<source>Where the model looks</source>
<translation>模型关注的部分</translation>
</message>
<message>
<source>Where the model looks ({key})</source>
<translation>模型关注的部分 ({key})</translation>
</message>
<message>
<source>Where to make the folders</source>
<translation>在哪里创建文件夹</translation>
</message>
<message>
<source>With {n} companion files</source>
<translation>随附文件：{n} 个</translation>
</message>
<message>
<source>Write keywords</source>
<translation>写入关键字</translation>
</message>
<message>
<source>Writing the report</source>
<translation>正在写入报告</translation>
</message>
<message>
<source>You have not corrected any photo yet. Select photos and press C, D, B or N.</source>
<translation>您还没有更正过照片。请选择照片，然后按 C、D、B 或 N。</translation>
</message>
<message>
<source>You trained or added it.</source>
<translation>由您训练或添加。</translation>
</message>
<message>
<source>Your quota on this drive is used up. Free some space and try again.</source>
<translation>您在此驱动器上的配额已用完。请腾出空间后重试。</translation>
</message>
<message>
<source>Zoom in</source>
<translation>放大</translation>
</message>
<message>
<source>Zoom in (Ctrl++)</source>
<translation>放大 (Ctrl++)</translation>
</message>
<message>
<source>Zoom out</source>
<translation>缩小</translation>
</message>
<message>
<source>Zoom out (Ctrl+-)</source>
<translation>缩小 (Ctrl+-)</translation>
</message>
<message>
<source>a link leads here: {link}</source>
<translation>有链接指向此处：{link}</translation>
</message>
<message>
<source>access control list</source>
<translation>访问控制列表</translation>
</message>
<message>
<source>all</source>
<translation>全部</translation>
</message>
<message>
<source>already there with the same content</source>
<translation>已有内容相同的文件</translation>
</message>
<message>
<source>also photos another program keeps a database of</source>
<translation>包括其他程序数据库中的照片</translation>
</message>
<message>
<source>also photos that links lead to</source>
<translation>包括链接指向的照片</translation>
</message>
<message>
<source>arrived later</source>
<translation>后来出现</translation>
</message>
<message>
<source>as a list</source>
<translation>列表显示</translation>
</message>
<message>
<source>as found</source>
<translation>按发现顺序</translation>
</message>
<message>
<source>as the system</source>
<translation>跟随系统</translation>
</message>
<message>
<source>both</source>
<translation>都有</translation>
</message>
<message>
<source>by name</source>
<translation>按名称</translation>
</message>
<message>
<source>cat</source>
<translation>猫</translation>
</message>
<message>
<source>cat or dog: at least {present}, neither: at most {absent}</source>
<translation>猫或狗：至少 {present}，都没有：至多 {absent}</translation>
</message>
<message>
<source>cat {cat}, dog {dog}</source>
<translation>猫 {cat}，狗 {dog}</translation>
</message>
<message>
<source>command</source>
<translation>命令</translation>
</message>
<message numerus="yes">
<source>copied</source>
<translation>
<numerusform>已复制</numerusform>
</translation>
</message>
<message>
<source>corrected</source>
<translation>已更正</translation>
</message>
<message>
<source>dark</source>
<translation>深色</translation>
</message>
<message>
<source>dog</source>
<translation>狗</translation>
</message>
<message>
<source>done</source>
<translation>完成</translation>
</message>
<message>
<source>extended attributes</source>
<translation>扩展属性</translation>
</message>
<message numerus="yes">
<source>failed</source>
<translation>
<numerusform>失败</numerusform>
</translation>
</message>
<message>
<source>found by symbolic links</source>
<translation>通过符号链接找到</translation>
</message>
<message>
<source>from</source>
<translation>来源</translation>
</message>
<message>
<source>hard links</source>
<translation>硬链接</translation>
</message>
<message>
<source>have these keywords already</source>
<translation>已有这些关键字</translation>
</message>
<message>
<source>in a folder that another program keeps a database of</source>
<translation>位于其他程序用数据库管理的文件夹中</translation>
</message>
<message>
<source>in another folder …</source>
<translation>另一个文件夹…</translation>
</message>
<message>
<source>in the folder you added</source>
<translation>在所添加的文件夹中</translation>
</message>
<message>
<source>in the review</source>
<translation>在审阅中</translation>
</message>
<message>
<source>in the right folder already</source>
<translation>已在正确的文件夹中</translation>
</message>
<message>
<source>in {folder}</source>
<translation>在 {folder} 中</translation>
</message>
<message>
<source>incomplete file</source>
<translation>文件不完整</translation>
</message>
<message>
<source>interrupted</source>
<translation>已中断</translation>
</message>
<message>
<source>its photo was sorted earlier, and is gone or changed since</source>
<translation>其照片先前已整理，之后不见了或已更改</translation>
</message>
<message>
<source>keywords: {words}</source>
<translation>关键字：{words}</translation>
</message>
<message>
<source>label</source>
<translation>标签</translation>
</message>
<message>
<source>late companions too ({files})</source>
<translation>也包括后来出现的附属文件（{files}）</translation>
</message>
<message>
<source>least sure first</source>
<translation>最没把握的在前</translation>
</message>
<message numerus="yes">
<source>left</source>
<translation>
<numerusform>留在原处</numerusform>
</translation>
</message>
<message>
<source>light</source>
<translation>浅色</translation>
</message>
<message numerus="yes">
<source>linked</source>
<translation>
<numerusform>已链接</numerusform>
</translation>
</message>
<message>
<source>model's label ({key})</source>
<translation>恢复模型的判断 ({key})</translation>
</message>
<message>
<source>most sure first</source>
<translation>最有把握的在前</translation>
</message>
<message numerus="yes">
<source>moved</source>
<translation>
<numerusform>已移动</numerusform>
</translation>
</message>
<message>
<source>neither</source>
<translation>都没有</translation>
</message>
<message>
<source>neither or unsure</source>
<translation>都没有或不确定</translation>
</message>
<message>
<source>no picture</source>
<translation>无图片</translation>
</message>
<message>
<source>none: these photos stay where they are</source>
<translation>无：这些照片留在原处</translation>
</message>
<message>
<source>only the {photos} selected</source>
<translation>仅所选的 {photos}</translation>
</message>
<message>
<source>owner</source>
<translation>所有者</translation>
</message>
<message>
<source>partly undone</source>
<translation>已部分还原</translation>
</message>
<message>
<source>permissions</source>
<translation>权限</translation>
</message>
<message>
<source>photos.html</source>
<translation>照片.html</translation>
</message>
<message numerus="yes">
<source>planned</source>
<translation>
<numerusform>待整理</numerusform>
</translation>
</message>
<message numerus="yes">
<source>put back</source>
<translation>
<numerusform>已放回原处</numerusform>
</translation>
</message>
<message numerus="yes">
<source>skipped</source>
<translation>
<numerusform>已跳过</numerusform>
</translation>
</message>
<message numerus="yes">
<source>sorted</source>
<translation>
<numerusform>已整理</numerusform>
</translation>
</message>
<message>
<source>state</source>
<translation>状态</translation>
</message>
<message>
<source>stay</source>
<translation>不动</translation>
</message>
<message numerus="yes">
<source>tagged</source>
<translation>
<numerusform>已加关键字</numerusform>
</translation>
</message>
<message>
<source>that symbolic links lead to</source>
<translation>符号链接的目标</translation>
</message>
<message>
<source>time</source>
<translation>时间</translation>
</message>
<message>
<source>to</source>
<translation>去向</translation>
</message>
<message>
<source>undo interrupted</source>
<translation>还原中断</translation>
</message>
<message>
<source>undone</source>
<translation>已还原</translation>
</message>
<message>
<source>unreadable</source>
<translation>无法读取</translation>
</message>
<message>
<source>unsure</source>
<translation>不确定</translation>
</message>
<message>
<source>unsure: not confident enough to sort</source>
<translation>不确定：把握不足，不予整理</translation>
</message>
<message>
<source>unticked</source>
<translation>已取消勾选</translation>
</message>
<message>
<source>video at {moment}</source>
<translation>视频 {moment} 处</translation>
</message>
<message>
<source>videos</source>
<translation>视频</translation>
</message>
<message>
<source>waiting</source>
<translation>等待中</translation>
</message>
<message>
<source>what</source>
<translation>内容</translation>
</message>
<message>
<source>when</source>
<translation>时间</translation>
</message>
<message>
<source>where it was</source>
<translation>原位置</translation>
</message>
<message>
<source>whose folder is a link out of the target; choose the real folder as the target</source>
<translation>其文件夹是指向目标之外的链接；请选择实际文件夹作为目标</translation>
</message>
<message>
<source>whose sidecar cannot be changed</source>
<translation>其附属文件无法写入</translation>
</message>
<message>
<source>without sub-folders</source>
<translation>不含子文件夹</translation>
</message>
<message>
<source>your folder</source>
<translation>您的文件夹</translation>
</message>
<message>
<source>{1} Files moved with it could not be moved back: {2} Undo the run to try that again.</source>
<translation>{1} 随之移动的文件无法移回：{2} 撤销该操作可再次尝试。</translation>
</message>
<message>
<source>{1} TIFF{2} is not supported.</source>
<translation>不支持 {1} TIFF{2}。</translation>
</message>
<message>
<source>{1} are not supported. Export this one as JPEG, PNG or TIFF.</source>
<translation>不支持 {1}。请导出为 JPEG、PNG 或 TIFF。</translation>
</message>
<message>
<source>{1} cannot be read: permission denied. Give yourself read permission.</source>
<translation>无权查看 {1}：权限被拒绝。请授予自己读取权限。</translation>
</message>
<message>
<source>{1} does not exist. Check the spelling, or give another path.</source>
<translation>{1} 不存在。请检查拼写，或换一个路径。</translation>
</message>
<message>
<source>{1} is a photo manager's library or another program's document; moving photos inside would break it. Export the photos to a folder and sort that.</source>
<translation>{1} 是照片管理软件的图库或其他程序的文档；移动其中的照片会损坏它。请将照片导出到文件夹后再整理。</translation>
</message>
<message>
<source>{1} is named like a file that belongs to {2}, and would be moved with it. Choose another file.</source>
<translation>{1} 的名称与属于 {2} 的文件相同，会随之移动。请选择其他文件。</translation>
</message>
<message>
<source>{1} is named like a photo. Choose another file.</source>
<translation>{1} 的名称像是照片。请选择其他文件。</translation>
</message>
<message>
<source>{1} is not supported. Export this one as JPEG, PNG or TIFF.</source>
<translation>不支持 {1}。请将其导出为 JPEG、PNG 或 TIFF。</translation>
</message>
<message>
<source>{1}, or leave out --videos.</source>
<translation>{1}，或去掉 --videos。</translation>
</message>
<message>
<source>{do} {photos}</source>
<translation>{do} {photos}</translation>
</message>
<message numerus="yes">
<source>{files} put back.</source>
<translation>
<numerusform>已放回 {files}。</numerusform>
</translation>
</message>
<message numerus="yes">
<source>{files} stay where they are:</source>
<translation>
<numerusform>{files} 留在原处：</numerusform>
</translation>
</message>
<message>
<source>{label} to {folder}</source>
<translation>{label} → {folder}</translation>
</message>
<message>
<source>{label}, corrected by you</source>
<translation>{label}（您已更正）</translation>
</message>
<message>
<source>{label}, {share} sure</source>
<translation>{label}（把握 {share}）</translation>
</message>
<message>
<source>{label}: {number}</source>
<translation>{label}：{number}</translation>
</message>
<message>
<source>{label}: {photos} to “{folder}”</source>
<translation>{label}：{photos} → “{folder}”</translation>
</message>
<message>
<source>{label}: {photos}, {keywords}</source>
<translation>{label}：{photos}，{keywords}</translation>
</message>
<message>
<source>{name}, stays: unticked</source>
<translation>{name}，不动：已取消勾选</translation>
</message>
<message>
<source>{name}, to {target}</source>
<translation>{name}，移至 {target}</translation>
</message>
<message>
<source>{name}: {label}, corrected by you</source>
<translation>{name}：{label}（您已更正）</translation>
</message>
<message>
<source>{name}: {label}, {share} sure</source>
<translation>{name}：{label}（把握 {share}）</translation>
</message>
<message numerus="yes">
<source>{number} files</source>
<translation>
<numerusform>{number} 个文件</numerusform>
</translation>
</message>
<message numerus="yes">
<source>{number} photos</source>
<translation>
<numerusform>{number} 张照片</numerusform>
</translation>
</message>
<message>
<source>{n} corrected by you</source>
<translation>您更正了 {n} 张</translation>
</message>
<message>
<source>{n} failed</source>
<translation>失败 {n} 张</translation>
</message>
<message>
<source>{n} h</source>
<translation>{n} 小时</translation>
</message>
<message>
<source>{n} min</source>
<translation>{n} 分钟</translation>
</message>
<message>
<source>{n} of {total}</source>
<translation>{n} / {total}</translation>
</message>
<message>
<source>{n} of {total} answered. None is kept.</source>
<translation>已识别 {n} / {total}。不会保留照片。</translation>
</message>
<message>
<source>{n} of {total} photos</source>
<translation>{total} 张照片中的 {n} 张</translation>
</message>
<message>
<source>{n} s</source>
<translation>{n} 秒</translation>
</message>
<message>
<source>{n} sorted</source>
<translation>已整理 {n} 张</translation>
</message>
<message>
<source>{photos} corrected by you. A correction applies wherever the photo is.</source>
<translation>您更正了 {photos}。无论照片在哪里，更正都有效。</translation>
</message>
<message>
<source>{photos} could not be read. The most common reason: {reason}</source>
<translation>{photos}无法读取。最常见的原因：{reason}</translation>
</message>
<message numerus="yes">
<source>{photos} could not be {done}:</source>
<translation>
<numerusform>{photos}处理失败，未能标为“{done}”：</numerusform>
</translation>
</message>
<message numerus="yes">
<source>{photos} marked {label}</source>
<translation>
<numerusform>{photos}标为“{label}”</numerusform>
</translation>
</message>
<message>
<source>{photos} to {folder}</source>
<translation>{photos} → {folder}</translation>
</message>
<message>
<source>{photos} with the model's label</source>
<translation>{photos}恢复模型的判断</translation>
</message>
<message>
<source>{photos} {done}</source>
<translation>{photos}{done}</translation>
</message>
<message>
<source>{program} keeps a database of {folder}, and would miss photos that are moved. Copying, or writing keywords, leaves it intact.</source>
<translation>{program} 维护着 {folder} 的数据库，照片移动后会找不到。复制或写入关键词则不受影响。</translation>
</message>
<message>
<source>{source}
to {target}</source>
<translation>{source}
→ {target}</translation>
</message>
<message>
<source>{text}, incomplete file</source>
<translation>{text}，文件不完整</translation>
</message>
<message>
<source>{title}: {done} of {total}, {rate} a second, {left} left</source>
<translation>{title}：{done} / {total}，每秒 {rate} 张，还需 {left}</translation>
</message>
<message>
<source>{title}: {done} so far, {rate} a second</source>
<translation>{title}：{done}，每秒 {rate} 张</translation>
</message>
<message>
<source>“{name}” is not a valid folder name. Give a name below the target folder.</source>
<translation>“{name}”不是有效的文件夹名称。请指定目标文件夹内的名称。</translation>
</message>
<message>
<source>… and to other folders</source>
<translation>… 以及其他文件夹</translation>
</message>
<message>
<source>← → step · Z 100% · F11 full screen</source>
<translation>← → 切换 · Z 100% · F11 全屏</translation>
</message>
<message>
<source>◂ Back to the photos</source>
<translation>◂ 返回照片</translation>
</message>
<message>
<source>✓ by you</source>
<translation>✓ 手动</translation>
</message>
</context>
</TS>
