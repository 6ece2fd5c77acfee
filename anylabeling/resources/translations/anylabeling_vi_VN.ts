<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="vi_VN" sourcelanguage="en_US">
  <context>
    <name>AnyLabeling</name>
    <message>
      <source> (filtered from {narrowed_from:,})</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source> and {number:,} more</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source> with {label_files}</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source> {files} left alone.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source> {skipped:,} were left alone.</source>
      <translation type="unfinished" />
    </message>
    <message numerus="yes">
      <source>%n answers</source>
      <translation>
        <numerusform>
        </numerusform>
      </translation>
    </message>
    <message numerus="yes">
      <source>%n bytes</source>
      <translation>
        <numerusform>
        </numerusform>
      </translation>
    </message>
    <message numerus="yes">
      <source>%n classes</source>
      <translation>
        <numerusform>
        </numerusform>
      </translation>
    </message>
    <message numerus="yes">
      <source>%n entries</source>
      <translation>
        <numerusform>
        </numerusform>
      </translation>
    </message>
    <message numerus="yes">
      <source>%n files</source>
      <translation>
        <numerusform>
        </numerusform>
      </translation>
    </message>
    <message numerus="yes">
      <source>%n images</source>
      <translation>
        <numerusform>
        </numerusform>
      </translation>
    </message>
    <message numerus="yes">
      <source>%n label files</source>
      <translation>
        <numerusform>
        </numerusform>
      </translation>
    </message>
    <message numerus="yes">
      <source>%n matches</source>
      <translation>
        <numerusform>
        </numerusform>
      </translation>
    </message>
    <message numerus="yes">
      <source>%n objects</source>
      <translation>
        <numerusform>
        </numerusform>
      </translation>
    </message>
    <message numerus="yes">
      <source>%n shapes</source>
      <translation>
        <numerusform>
        </numerusform>
      </translation>
    </message>
    <message>
      <source>&amp;AI Outline</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>&amp;About AnyLabeling</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>&amp;Apply Filter</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>&amp;Both</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>&amp;Brightness</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>&amp;Checked</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>&amp;Circle</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>&amp;Clear Filter</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>&amp;Clear List</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>&amp;Close Image</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>&amp;Command Palette…</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>&amp;Contrast</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>&amp;Copy</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>&amp;Copy Here</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>&amp;Crosshair</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>&amp;Dark</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>&amp;Delete</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>&amp;Delete Label File…</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>&amp;Documentation</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>&amp;Draw</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>&amp;Edit</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>&amp;Edit Label…</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>&amp;Eraser</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>&amp;File</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>&amp;Files</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>&amp;Fill of shapes</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>&amp;Finish Object</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>&amp;Fit to Window</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>&amp;Go On</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>&amp;Go to Image…</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>&amp;Grid, every</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>&amp;Group</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>&amp;Groups</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>&amp;Help</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>&amp;Hide</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>&amp;Hide All Objects</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>&amp;Image</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>&amp;Images of the Folder…</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>&amp;Import…</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>&amp;Intersect</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>&amp;JSON…</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>&amp;Keep Shapes of Previous Image</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>&amp;Keep Zoom between Images</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>&amp;Keyboard Shortcuts</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>&amp;Label As</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>&amp;Label this Image</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>&amp;Labels</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>&amp;Labels of the Folder…</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>&amp;Left by 1°</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>&amp;Light</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>&amp;Line</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>&amp;Manage Labels…</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>&amp;Mask</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>&amp;Merge</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>&amp;Model</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>&amp;Move Here</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>&amp;Next Image</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>&amp;Next Unchecked Image</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>&amp;Objects</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>&amp;Order</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>&amp;Paste</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>&amp;Pause</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>&amp;Performance Settings…</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>&amp;Polygon</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>&amp;Previous Image</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>&amp;Previous Unchecked Image</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>&amp;Quadrilateral</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>&amp;Quit</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>&amp;Rectangle</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>&amp;Redo</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>&amp;Reset</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>&amp;Reset Layout</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>&amp;Right by 1°</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>&amp;Save</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>&amp;Scores</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>&amp;Select and Edit</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>&amp;Selected classes only</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>&amp;Snap to Points, Edges and Axes</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>&amp;Statistics…</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>&amp;Subtract</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>&amp;Text</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>&amp;Texts</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>&amp;Text…</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>&amp;Theme</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>&amp;Tools</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>&amp;Undo</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>&amp;Unlink</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>&amp;View</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>&amp;Whole folder</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>&amp;each class by itself</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>(no label)</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>, beside the {there:,} that are.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>. Takes effect at the next start</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>8-bit integers (INT8)</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>A person has reviewed the labels of this image</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>A point beside the object, for AI Outline</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>A point of the object, for AI Outline</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>A remark</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>AI tool in memory</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>AI tool makes</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>AI tool on disk</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>AI tool: outlines by colour, no model</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>AI tool: {name} · {device}</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>About AnyLabeling</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Add Point to Edge</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Add it under labels, or take validate_label away.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Add vertex</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Add {label}</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>All</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>All Defaults</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>All images in the list are checked.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>All other images in the list are labelled.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>An&amp;y class</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Answers are found again in moments. Detections of {images} take as long as they took at first.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Apply Filter looks through {images}. Nothing runs before.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Apply a filter first.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Arrows</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Assign</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Automatic Colour</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Backend</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Backwar&amp;d</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Batch size</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Begin and end it outside of the shape.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Both save into the same label files. What the other one has changed is not overwritten without asking.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Br&amp;ush</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Brightness and Contrast…</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Bring {} forward</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Bring {} to front</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Build engines with 8-bit integers, which needs calibration</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Build engines with half precision</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>C&amp;ancel</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>C&amp;ount</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>CS&amp;V…</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>CSV (*.csv)</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>CSV with Counts per &amp;Class</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Ca&amp;ncel</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Cache</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Cache hits</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Caching</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Cancel</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Canvas</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Change &amp;Label Folder…</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Changing label files</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Changing labels</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Check the classes in the list</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Checked</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Choose a File…</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Choose a file…</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Choose a folder with images.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Choose a model</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Choose a model. Models of your own open with Choose a File.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Choose an .onnx file to label with.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Choose an action to change its keys</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Choose another folder with File &gt; Open Folder.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Choose at least one class, or any class.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Choose one of the labels in the list.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Choose one with Tools &gt; Load Model.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Choose the folder for label files</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Classes</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Clear</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Clear Cac&amp;he…</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Clear Cache</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Clear Filter</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Clear flag {flag}</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Close</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Close the comparison</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Colour of {labels}</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Colour of {number} labels</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Colour…</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Com&amp;bine</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Comes</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Command</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Command palette</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Commands</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Compare the number of each class, not that of all objects together</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Compare with Labels in a Folder…</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Compare with the Labels of a Folder</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Compiled code</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Compiled code for overlaps, outlines, files and pictures; auto takes the fastest that is built</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Con&amp;fidence</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Con&amp;vert To</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Confidence</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Confidence of the objects</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Convert {{}} to {kind}</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Copy</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Copy &amp;Paths</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Copy Images to &amp;Folder…</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Copy Images to Folder</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Copy shapes first.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Copy the command</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Copying</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Cu&amp;t</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Cut</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Cut &amp;Hole</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Cut hole into</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Cut the upper selected shapes out of the lowest</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Decode the next images ahead of time</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Decoding</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Default</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Delete</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Delete I&amp;mage…</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Delete from Disk</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Delete the labels of {name}?</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Delete the {objects:,} objects labelled {what} in the whole folder?</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Delete {name}?</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Delete {what}</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Delete…</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Description</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Description of the image</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Description of the object</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Details</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Details names each of them.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Differs from the default</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Difficult to recognise</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Disk space for pictures that the AI tool has made ready; 0 keeps none</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Distance of the grid's lines in pixels of the image</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Do&amp;wnload Models…</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Done</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Download</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Drag a box around an object, or draw over it with Ctrl held down; more strokes refine it, with Shift over what is not the object. Or load a model with Tools &gt; Load Model.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Draw an object, or let the model label the image.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Dupl&amp;icate</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Duplicate</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>E&amp;dge Scissors</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>E&amp;xport Results</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Each of these has to be there</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Edit</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Edit &amp;Text</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Edit label</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Edit {field}</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Edit {field} of the image</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Ellipse</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Enter opens the picture in the main window</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Enter: next object</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Erase from</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Erase {count} vertices</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Export CSV</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Export Results</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Export the list again, or put it beside the images.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Export the {table} of the folder</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>File</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>File name</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>File threads</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Files</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Filtering, {matches:,} found</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Fin&amp;d in Files</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Find by</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Finish</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Finish the shape</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>First matches</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>First the key, then with Ctrl the value.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Fit to &amp;Width</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Flags</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Folders with &amp;Label Files</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>For&amp;ward</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Forget &amp;Answers</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Forget A&amp;ll</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Forget what the image filter has found?</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Free software under the GNU General Public License, version 3 or later.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Freehand Pol&amp;ygon</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Full S&amp;creen</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>GB</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>GPU memory that building an engine may take</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Ga&amp;mma</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Give Up</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Gives</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Go to Image</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Greatest confidence</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Greatest {value}</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Grid</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Group</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Group shapes</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Half precision (FP16)</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Help</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Hide</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Hide Details</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>How many images are decoded ahead</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>How the number of objects is compared</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>How to Install</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Image</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Image &amp;Filter…</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Image Filter</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Image cache</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Image height</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Image width</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Images</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Images ({patterns})</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Images that go through a model in one call</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Images with each flag</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Import a List of Images</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Inference</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Intersect</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Invert Selection</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>IoU: boxes of one class that overlap more are one object</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>IoU: boxes of one class that overlap more than this are one object</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>It is kept as it is, and nothing is saved for this image until you choose to replace it.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Its checksum is noted at the first download and checked from then on.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Its record is gone.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Join the selected shapes; rectangles become the one around them</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Keep existing objects</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Keep on disk</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Keep shapes of previous image</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Keep what the selected shapes have in common</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Keep what was found on disk for the next start</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Kept detections</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Keyboard Shortcuts</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Keyboard shortcuts</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Known labels</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>L&amp;eft by 15°</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Label</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Label &amp;All Images…</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Label Manager</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Label all images of the file list with the model</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Label as {label}</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Label file</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Label images with boxes, polygons and models that do most of the work.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Label this image with the model</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Label with model</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Labelling</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Labels</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Labels (*.json)</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Labels appear here as they are used.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Labels of the folder</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Labels of the folder are being changed already.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Labels of the other folder</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Language</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Largest batch</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Least confidence</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Least score of a detection that counts</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Least {value}</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Leave the tool, drop the selection</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Let auto build and use TensorRT engines</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Let the run rest; it goes on where it was</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Licence</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Licence {licence}.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Like the &amp;System</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Lin&amp;k Images in Folder…</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Lin&amp;ks</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Line S&amp;trip</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Link &amp;Key to Value</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Link Images in Folder</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Link objects</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Lists of images (*.json *.txt *.csv);;All files (*)</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Load</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Load &amp;Model…</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Load a model first: the filter looks at what it detects.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Loading {name}</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Lock</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Lock or Unlock</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Look Again</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Look in</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Look of the Picture</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Lower the confidence to see more.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>MB</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Mark Bac&amp;kground</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Mark O&amp;bject</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Mark image as checked</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Mark image as not checked</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Memory</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Memory for decoded images; 0 turns the cache off</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Memory for pictures that the AI tool has made ready</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Mend it under attributes in the settings.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Merge</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Merge Labels</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Merge {number} labels into {name}</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Merge…</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Model</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Model &amp;detections</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Model, confidence, classes</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Model: {value} {text}</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Models</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Modules</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>More</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>More conditions</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Most images in one call, however many would fit</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Most space for what models found; what was not used for the longest time goes first</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Move</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Move circle</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Move point</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Move the selected shapes by 5 pixels</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Move vertex</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Move {kind}</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Name one under digit_shortcuts or labels in the settings.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Navigator</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>New keys</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>New label</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>New objects are labelled {label}.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>New objects get the label that you give them.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Next &amp;Unlabelled Image</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>No Keys</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>No Segment Anything model is loaded: objects are outlined by their colours.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>No classes</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>No command is called that.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>No image matches.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>No image matches. Most were ruled out by {named}: {named2:,} of {total:,}</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>No image.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>No label file of this folder has an object yet.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>No match before it was stopped.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>No match yet.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>No model</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>No model is loaded.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>No model is loaded: choose one above, or find by labels.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>No model: choose one</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>No objects.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>No picture is open, so there is no sub-folder to look in.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>No picture to show</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>None</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>None of the images in {name} exists.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>None of these may be there</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Not loaded: it is not trusted</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Nothing is labelled yet. Draw an object, or let a model label the images.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Nothing was found that is not labelled already.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Nothing was found.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Now kept {where}: {answers} of the image filter, {size}; {rate} since the start.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Number of objects</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Number of the image</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>O&amp;riginal Size</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Object size</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Objects</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Objects in an image</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Objects of each label</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Objects of one of these</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Objects per picture</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Objects that are there already</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Only some classes</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Only what you see changes. Models see the picture as it is in its file.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Open &amp;Folder…</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Open &amp;Recent</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Open F&amp;ile…</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Open a folder of images</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Open a folder of images first.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Open a folder to see what is in it.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Open a folder with images first.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Open a folder, or drop one here</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Open a folder, or drop one here.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Open an image or a label file</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Open an image to see what is on it.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Order of the list</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Order of the matches</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Outline with AI: click an object or drag a box</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Overlap</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Pages</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Paint</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Pane&amp;ls</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Paste</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Performance Settings</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Pictures in its sub-folders are listed too.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Po&amp;int</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Polygon</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Polygon along edges: click points around the object</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Positions of the middles, in pixels</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Positions of the objects</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Pre&amp;vious Unlabelled Image</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Pre-loaded images</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Pre-loading</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Preparing</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Press the new keys</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Progress</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Protect against changes, or allow them</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Put its picture into {folder} and open that.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>R&amp;otated Rectangle</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Re&amp;move Point</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Read Folder A&amp;gain</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Reading label files</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Reading the label files…</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Ready</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Rectangle</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Remark</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Remember what the image filter found</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Remove a vertex</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Remove vertex</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Rename Label</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Rename {moving} to {name}</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Rename…</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Replace</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Replace existing objects</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Replace it</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Replace the file</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Replace the objects of {count:,} images?</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Replace what is there by what was kept, or give that up.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Reset</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Reset to Defaults</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Reset to the default: {text}</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Reset {value}</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Resize {kind}</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Restore</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Result caching</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Ri&amp;ght by 15°</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Rotate</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Rotate rectangle</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Rotated rectangle</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Run</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Run  {keys}</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Run by {backend}</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Run on All…</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Run the model on this image</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Running</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Runs</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Save</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Save &amp;As…</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Save Elsewhere…</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Save elsewhere</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Save the labels as</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Save them, or leave and give them up.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Score</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Search</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Search classes</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Search in the commands</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Search in the file list</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Search in the labels</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Search in the models</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Search in the shortcuts</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Select &amp;All</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Select Same Label</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Select one object to give it a text.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Select several shapes</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Select two objects to link them.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Select two shapes or more.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Send {} backward</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Send {} to back</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Set all conditions back</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Set flag {flag}</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Show</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Show &amp;All Objects</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Show all images again</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Show all images in the file list again</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Show on O&amp;bjects</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Show or hide</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Show or hide its objects</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Show the images of an exported list as the file list</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Shown</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Simpli&amp;fy</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Simplify</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Size</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Sizes of the objects</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Sizes: root of width × height, in pixels</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Skip images with objects</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Something went wrong that should not have.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Sor&amp;t by</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Sort by &amp;label</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Sort by &amp;score</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Split</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Split Alon&amp;g a Line</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Starting</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>State</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Statistics</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Stop the run and keep what was found</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Stopped</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Subtract</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Take Over</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>TensorRT</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Text</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Text contains</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Text of the image</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Text of the object</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Text of the whole image</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Text that the object shows</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>That is its name already.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>The attributes of the folder could not be read.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>The conditions have changed: Apply Filter looks again.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>The conditions have to hold for detections and labels; sort by disagreement to find labelling mistakes</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>The download failed.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>The export failed.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>The file list shows {images} from {name}.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>The filter failed: {error!r}</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>The filter's figures failed.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>The first {most_thumbnails}. </source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>The folder could not be read.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>The image and its label file go to the system's bin.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>The image is marked as {names}.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>The image was kept.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>The image with its shapes. Arrow keys move the selected shapes, Enter edits the label, Escape cancels.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>The key {digit} stands for no label.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>The label file goes to the system's bin.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>The label file of {name} has changed since.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>The label file was kept.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>The label {label} is not in the list that the settings allow.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>The labels could not be restored.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>The labels could not be saved.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>The labels of the folder could not be looked at.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>The labels of {count} were restored.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>The labels of {listed} are not saved.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>The labels were not changed.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>The labels were written to {name}.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>The least confidence is above the greatest one.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>The least {range_texts} is above the greatest one.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>The line cuts through no shape.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>The model could not be loaded.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>The model failed on this image.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>The object could not be outlined.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>The outline does not lie on a shape that has an area.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>The program ended before the labels of {listed} were saved.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>The run failed.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>The same key ends that.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>The settings could not be written.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>The table was not written.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>The table was written to {name}.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>The user guide is in the folder docs of the program's source.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>The window speaks this language from the next start on.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>There are no shapes on the clipboard.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>There is no filter result to export.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>There is no model {model}.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>There is no vertex to leave out.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>These shapes are locked.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>These shapes have no area in common.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>They can be brought back with Undo as long as nobody changes their label files.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>They were kept, last on {last}. Closing this asks again at the next start.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>This cannot become a {kind}.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>This change of labels cannot be undone any more.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>This folder has been open in another window since {since}.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>This image</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>This label is not in the list of labels that the settings allow.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>This s&amp;ub-folder</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>This setting was not changed.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Threads</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Threads that decode and process images</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Threads that read and write files</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>To &amp;Back</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>To &amp;Front</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Tools</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Trust and load</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Try again</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Type a command</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Type a label, or choose one.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Type a label.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>U&amp;ngroup</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Uncheck the classes in the list</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Undo</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Undo Change of the &amp;Folder</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Undo: {name}</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Undo: {undoable}</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Undoing</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Undone: {name}. {label_files} put back.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Ungroup shapes</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Unlink objects</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Unlock</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Unlock them to change them.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Unsaved labels cannot be kept on disk.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Use &amp;Last Label without Asking</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Use the file</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>View</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Wait until it is done.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Waiting</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>What an outlined object becomes</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>What is counted</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>What is labelled there goes; each image can be undone one by one until the program ends.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>What runs the models; auto takes the fastest that works</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>What the AI tool makes</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>What the label files on disk say; no model is needed</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>What the model finds in the pictures</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Whole folder</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Worker threads</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Workspace</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Write, copy or gather the images that match</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Your labels are kept; go on working.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Zoom</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Zoom &amp;In</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Zoom &amp;Out</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Zoom to &amp;Selection</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>a number</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>a number from {least} to {greatest}</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>a number, at least {least}</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>a number, at most {greatest}</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>a word</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>all images</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>all of</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>answers are not kept (Performance Settings)</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>any number</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>any of</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>any size</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>at least</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>at most</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>begun</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>blurred, night</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>boxes</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>cache off</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>cache {share:.0%}</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>checked</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>checked or not</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>circle</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>connecting</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>detections of {images}, {size}</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>difficult</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>disagreement</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>exactly</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>failed</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>folder order</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>from cache: {from_cache:,} of {total:,}</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>from {value}</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>group {group_id}</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>hidden</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>highest confidence</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>hit rate {hit_rate:.0%}</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>image flags</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>image height</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>image width</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>images</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>in memory</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>in memory only</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>in {images:,} images, median {width_px:.0f}×{height_px:.0f} px</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>in {images}, {seconds}</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>key points</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>labelled</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>labels</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>line</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>linestrip</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>mask</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>most objects</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>no labels</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>no labels yet</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>no objects</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>none</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>none of</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>none yet</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>not checked</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>not saved yet</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>not saved, kept in memory</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>nothing</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>nothing asked</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>object size</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>objects</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>of {count}</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>off</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>on</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>on disk</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>on this machine</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>oriented boxes</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>outline at a click</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>outlines</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>paused</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>pictures</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>point</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>polygon</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>quadrilateral</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>re&amp;versed</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>rectangle</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>rotated rectangle</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>saved {time}</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>shape</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>stopped after {images}</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>street or *_07.jpg</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>text</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>the classes</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>the confidence</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>the file name</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>the flags</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>the image size</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>the label file</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>the number of objects</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>the object size</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>the sub-folder</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>the text</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>the {condition}</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>there is none</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>there is one</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>threads</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>to</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>unreadable files</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>with or without</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>yes</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>{cache_hits:,} hits, {cache_misses:,} misses</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>{cache_pictures:,} pictures</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>{cache_used_bytes:,.0f} of {capacity_mb:,.0f} MB</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>{counts:,} objects</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>{count} set</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>{done:,} of {total:,} label files are changed. Each file is whole.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>{done_bytes:.0%} of {total_bytes:,.0f} MB</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>{done}: {name}. {objects} in {files} changed.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>{duration} left</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>{failed:,} failed</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>{first}; then by {named}: {named2:,}.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>{first}Enter or a double click opens a picture.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>{hint} The labels of {name} are kept in memory.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>{hit_rate:.0%} of {asked:,} questions answered from there</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>{images} copied as paths.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>{images} copied to {folder}{more}.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>{images} could not be read.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>{images} linked in {folder}{more}.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>{images} written to {name}.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>{label_files} could not be taken along.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>{label} · {place:,} of {total:,} · {hint}</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>{low:.0f} px and more</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>{low:.0f} to {high:.0f} px</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>{name} and its labels were put into the bin.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>{name} could not be opened.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>{name} could not be understood; it was kept as {aside} and a new one written.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>{name} has been edited since.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>{name} has no image beside it.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>{name} has no label file.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>{name} is not there.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>{name} lists no images.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>{name} must be {range}.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>{name} was put into the bin.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>{narrowed_total:,} of {total:,} ·</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>{number:,} could not be read ({names}{value})</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>{number:,} images failed; the others are done.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>{number:,} label files have changed since and were not overwritten.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>{number:,} more labels</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>{number:,} of {number2:,} images in {name} do not exist.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>{number:,} of {total:,} chosen</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>{number} labels</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>{number} objects</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>{objects} in {images} will be {name}.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>{objects} will be {name}</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>{path} does not exist.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>{shown} is the key of “{owner}”, which will have it no longer.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>{title}, px</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>{title}: {count:,} classes</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>{total:,} images</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>{value:,.0f} ms on average over the latest {number}</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>{value:,} around x {x:.0f} y {y:.0f}</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>{value:,} objects</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>{value} (*.{suffix});;All files (*)</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>{value} holds no pictures.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>{value} to {value2}</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>{verb} was interrupted: {name}, in {name2}.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>{verb} with the package {needs}.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>{verb}: {labelled:,} images labelled, {shapes:,} objects found.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>“all of” the classes</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>“none of” the classes</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>“{label}” is not in the list of labels. Choose one of those.</source>
      <translation type="unfinished" />
    </message>
  </context>
</TS>
