<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="vi_VN" sourcelanguage="en_US">
  <context>
    <name>AnyLabeling</name>
    <message>
      <source> (filtered from {narrowed_from:,})</source>
      <translation> (lọc từ {narrowed_from:,})</translation>
    </message>
    <message>
      <source> and {number:,} more</source>
      <translation> và {number:,} mục nữa</translation>
    </message>
    <message>
      <source> or </source>
      <translation> hoặc </translation>
    </message>
    <message>
      <source> px</source>
      <translation> px</translation>
    </message>
    <message>
      <source> with {label_files}</source>
      <translation> kèm {label_files}</translation>
    </message>
    <message>
      <source> {files} left alone.</source>
      <translation> {files} được để nguyên.</translation>
    </message>
    <message>
      <source> {skipped:,} were left alone.</source>
      <translation> {skipped:,} ảnh được để nguyên.</translation>
    </message>
    <message numerus="yes">
      <source>%n answers</source>
      <translation>
        <numerusform>%n câu trả lời</numerusform>
      </translation>
    </message>
    <message numerus="yes">
      <source>%n boxes are learned as outlines of four corners.</source>
      <translation>
        <numerusform>%n khung được học như đường viền bốn góc.</numerusform>
      </translation>
    </message>
    <message numerus="yes">
      <source>%n bytes</source>
      <translation>
        <numerusform>%n byte</numerusform>
      </translation>
    </message>
    <message numerus="yes">
      <source>%n checked images</source>
      <translation>
        <numerusform>%n ảnh đã kiểm</numerusform>
      </translation>
    </message>
    <message numerus="yes">
      <source>%n circles</source>
      <translation>
        <numerusform>%n hình tròn</numerusform>
      </translation>
    </message>
    <message numerus="yes">
      <source>%n classes</source>
      <translation>
        <numerusform>%n lớp</numerusform>
      </translation>
    </message>
    <message numerus="yes">
      <source>%n classes have fewer than {few} examples to learn from: {named}.</source>
      <translation>
        <numerusform>%n lớp có ít hơn {few} ví dụ để học: {named}.</numerusform>
      </translation>
    </message>
    <message numerus="yes">
      <source>%n cuboids</source>
      <translation>
        <numerusform>%n hình hộp</numerusform>
      </translation>
    </message>
    <message numerus="yes">
      <source>%n ellipses are polygons here.</source>
      <translation>
        <numerusform>%n hình elip trở thành đa giác.</numerusform>
      </translation>
    </message>
    <message numerus="yes">
      <source>%n entries</source>
      <translation>
        <numerusform>%n mục</numerusform>
      </translation>
    </message>
    <message numerus="yes">
      <source>%n entries name no pictures that are there.</source>
      <translation>
        <numerusform>%n mục nêu tên ảnh không có.</numerusform>
      </translation>
    </message>
    <message numerus="yes">
      <source>%n entries that make no sense were left out.</source>
      <translation>
        <numerusform>Bỏ qua %n mục vô nghĩa.</numerusform>
      </translation>
    </message>
    <message numerus="yes">
      <source>%n files</source>
      <translation>
        <numerusform>%n tệp</numerusform>
      </translation>
    </message>
    <message numerus="yes">
      <source>%n images</source>
      <translation>
        <numerusform>%n ảnh</numerusform>
      </translation>
    </message>
    <message numerus="yes">
      <source>%n images have labels already and were left alone.</source>
      <translation>
        <numerusform>%n ảnh đã có nhãn và được giữ nguyên.</numerusform>
      </translation>
    </message>
    <message numerus="yes">
      <source>%n images have several flags and are left out.</source>
      <translation>
        <numerusform>%n ảnh có nhiều cờ và bị bỏ qua.</numerusform>
      </translation>
    </message>
    <message numerus="yes">
      <source>%n images have several flags and stand in several folders.</source>
      <translation>
        <numerusform>%n ảnh có nhiều cờ và nằm trong nhiều thư mục.</numerusform>
      </translation>
    </message>
    <message numerus="yes">
      <source>%n images that are not checked were left out.</source>
      <translation>
        <numerusform>Bỏ qua %n ảnh chưa kiểm tra.</numerusform>
      </translation>
    </message>
    <message numerus="yes">
      <source>%n images were left out: no line can hold the line breaks in their names; CSV and JSON can.</source>
      <translation>
        <numerusform>%n ảnh bị bỏ qua: không dòng nào chứa được dấu xuống dòng trong tên; CSV và JSON thì được.</numerusform>
      </translation>
    </message>
    <message numerus="yes">
      <source>%n images without a flag were left out.</source>
      <translation>
        <numerusform>Bỏ qua %n ảnh không có cờ.</numerusform>
      </translation>
    </message>
    <message numerus="yes">
      <source>%n images without labels were left out.</source>
      <translation>
        <numerusform>Bỏ qua %n ảnh không có nhãn.</numerusform>
      </translation>
    </message>
    <message numerus="yes">
      <source>%n label files</source>
      <translation>
        <numerusform>%n tệp nhãn</numerusform>
      </translation>
    </message>
    <message numerus="yes">
      <source>%n label files cannot be read and are left out.</source>
      <translation>
        <numerusform>%n tệp nhãn không đọc được và bị bỏ qua.</numerusform>
      </translation>
    </message>
    <message numerus="yes">
      <source>%n labels were written with _ for their spaces.</source>
      <translation>
        <numerusform>%n nhãn được ghi với _ thay cho dấu cách.</numerusform>
      </translation>
    </message>
    <message numerus="yes">
      <source>%n line strips</source>
      <translation>
        <numerusform>%n đường gấp khúc</numerusform>
      </translation>
    </message>
    <message numerus="yes">
      <source>%n lines</source>
      <translation>
        <numerusform>%n đoạn thẳng</numerusform>
      </translation>
    </message>
    <message numerus="yes">
      <source>%n masks</source>
      <translation>
        <numerusform>%n mặt nạ</numerusform>
      </translation>
    </message>
    <message numerus="yes">
      <source>%n matches</source>
      <translation>
        <numerusform>%n ảnh khớp</numerusform>
      </translation>
    </message>
    <message numerus="yes">
      <source>%n modules, version {version}</source>
      <translation>
        <numerusform>%n mô-đun, phiên bản {version}</numerusform>
      </translation>
    </message>
    <message numerus="yes">
      <source>%n objects</source>
      <translation>
        <numerusform>%n đối tượng</numerusform>
      </translation>
    </message>
    <message numerus="yes">
      <source>%n objects are no objects of their own any more where others of their label touch them.</source>
      <translation>
        <numerusform>%n đối tượng không còn riêng lẻ ở chỗ chạm đối tượng cùng nhãn.</numerusform>
      </translation>
    </message>
    <message numerus="yes">
      <source>%n objects have attributes that are written as text.</source>
      <translation>
        <numerusform>%n đối tượng có thuộc tính được ghi thành văn bản.</numerusform>
      </translation>
    </message>
    <message numerus="yes">
      <source>%n objects have no key points.</source>
      <translation>
        <numerusform>%n đối tượng không có điểm mốc.</numerusform>
      </translation>
    </message>
    <message numerus="yes">
      <source>%n objects of labels that were not chosen were left out.</source>
      <translation>
        <numerusform>Bỏ qua %n đối tượng có nhãn không được chọn.</numerusform>
      </translation>
    </message>
    <message numerus="yes">
      <source>%n objects of points</source>
      <translation>
        <numerusform>%n đối tượng gồm các điểm</numerusform>
      </translation>
    </message>
    <message numerus="yes">
      <source>%n objects were cut at the edge of the picture.</source>
      <translation>
        <numerusform>%n đối tượng bị cắt ở mép ảnh.</numerusform>
      </translation>
    </message>
    <message numerus="yes">
      <source>%n objects were found that are like it.</source>
      <translation>
        <numerusform>Đã tìm thấy %n đối tượng giống nó.</numerusform>
      </translation>
    </message>
    <message numerus="yes">
      <source>%n objects were outlined.</source>
      <translation>
        <numerusform>Đã khoanh vùng %n đối tượng.</numerusform>
      </translation>
    </message>
    <message numerus="yes">
      <source>%n objects were rounded to whole pixels.</source>
      <translation>
        <numerusform>%n đối tượng được làm tròn tới điểm ảnh nguyên.</numerusform>
      </translation>
    </message>
    <message numerus="yes">
      <source>%n parts of objects were left out.</source>
      <translation>
        <numerusform>Bỏ qua %n phần của đối tượng.</numerusform>
      </translation>
    </message>
    <message numerus="yes">
      <source>%n pictures are stored turned and were written upright.</source>
      <translation>
        <numerusform>%n ảnh được lưu ở tư thế xoay và đã được ghi thẳng lại.</numerusform>
      </translation>
    </message>
    <message numerus="yes">
      <source>%n pictures got other names: others have theirs, or no file of a data set can hold them.</source>
      <translation>
        <numerusform>%n ảnh có tên khác: ảnh khác đã có tên đó, hoặc không tệp nào của bộ dữ liệu giữ được tên đó.</numerusform>
      </translation>
    </message>
    <message numerus="yes">
      <source>%n points</source>
      <translation>
        <numerusform>%n điểm</numerusform>
      </translation>
    </message>
    <message numerus="yes">
      <source>%n polygons</source>
      <translation>
        <numerusform>%n đa giác</numerusform>
      </translation>
    </message>
    <message numerus="yes">
      <source>%n problems in {where}.</source>
      <translation>
        <numerusform>Có %n vấn đề trong {where}.</numerusform>
      </translation>
    </message>
    <message numerus="yes">
      <source>%n quadrilaterals</source>
      <translation>
        <numerusform>%n tứ giác</numerusform>
      </translation>
    </message>
    <message numerus="yes">
      <source>%n rectangles</source>
      <translation>
        <numerusform>%n hình chữ nhật</numerusform>
      </translation>
    </message>
    <message numerus="yes">
      <source>%n remarks on objects have no place in the format.</source>
      <translation>
        <numerusform>Định dạng không có chỗ cho %n ghi chú của đối tượng.</numerusform>
      </translation>
    </message>
    <message numerus="yes">
      <source>%n rotated rectangles</source>
      <translation>
        <numerusform>%n hình chữ nhật xoay</numerusform>
      </translation>
    </message>
    <message numerus="yes">
      <source>%n scores have no place in the format.</source>
      <translation>
        <numerusform>Định dạng không có chỗ cho %n điểm số.</numerusform>
      </translation>
    </message>
    <message numerus="yes">
      <source>%n shapes</source>
      <translation>
        <numerusform>%n hình</numerusform>
      </translation>
    </message>
    <message numerus="yes">
      <source>%n texts have no place in the format.</source>
      <translation>
        <numerusform>Định dạng không có chỗ cho %n văn bản.</numerusform>
      </translation>
    </message>
    <message>
      <source>&amp;AI Outline</source>
      <translation>Khoanh &amp;bằng AI</translation>
    </message>
    <message>
      <source>&amp;About AnyLabeling</source>
      <translation>&amp;Giới thiệu AnyLabeling</translation>
    </message>
    <message>
      <source>&amp;Add Point to Edge</source>
      <translation>&amp;Thêm điểm vào cạnh</translation>
    </message>
    <message>
      <source>&amp;Address</source>
      <translation>Đị&amp;a chỉ</translation>
    </message>
    <message>
      <source>&amp;Apply Filter</source>
      <translation>Áp dụng &amp;bộ lọc</translation>
    </message>
    <message>
      <source>&amp;Attributes and Flags</source>
      <translation>&amp;Thuộc tính và cờ</translation>
    </message>
    <message>
      <source>&amp;Both</source>
      <translation>Cả h&amp;ai</translation>
    </message>
    <message>
      <source>&amp;Brightness</source>
      <translation>Độ &amp;sáng</translation>
    </message>
    <message>
      <source>&amp;Brightness and Contrast…</source>
      <translation>Độ &amp;sáng và tương phản…</translation>
    </message>
    <message>
      <source>&amp;Brush</source>
      <translation>Cọ &amp;vẽ</translation>
    </message>
    <message>
      <source>&amp;Checked</source>
      <translation>Đã &amp;kiểm tra</translation>
    </message>
    <message>
      <source>&amp;Circle</source>
      <translation>Hì&amp;nh tròn</translation>
    </message>
    <message>
      <source>&amp;Clear Filter</source>
      <translation>Bỏ bộ &amp;lọc</translation>
    </message>
    <message>
      <source>&amp;Clear List</source>
      <translation>&amp;Xóa danh sách</translation>
    </message>
    <message>
      <source>&amp;Close Image</source>
      <translation>Đón&amp;g ảnh</translation>
    </message>
    <message>
      <source>&amp;Command Palette…</source>
      <translation>&amp;Bảng lệnh…</translation>
    </message>
    <message>
      <source>&amp;Contrast</source>
      <translation>Tương &amp;phản</translation>
    </message>
    <message>
      <source>&amp;Copy</source>
      <translation>Sao ché&amp;p</translation>
    </message>
    <message>
      <source>&amp;Copy Here</source>
      <translation>&amp;Sao chép vào đây</translation>
    </message>
    <message>
      <source>&amp;Crosshair</source>
      <translation>Đường ngắm &amp;chữ thập</translation>
    </message>
    <message>
      <source>&amp;Dark</source>
      <translation>&amp;Tối</translation>
    </message>
    <message>
      <source>&amp;Data set</source>
      <translation>&amp;Bộ dữ liệu</translation>
    </message>
    <message>
      <source>&amp;Delete</source>
      <translation>&amp;Xóa</translation>
    </message>
    <message>
      <source>&amp;Delete Label File…</source>
      <translation>Xóa &amp;tệp nhãn…</translation>
    </message>
    <message>
      <source>&amp;Delete…</source>
      <translation>&amp;Xóa…</translation>
    </message>
    <message>
      <source>&amp;Device</source>
      <translation>Thiết &amp;bị</translation>
    </message>
    <message>
      <source>&amp;Divide into parts</source>
      <translation>Chia thành các &amp;phần</translation>
    </message>
    <message>
      <source>&amp;Documentation</source>
      <translation>&amp;Tài liệu</translation>
    </message>
    <message>
      <source>&amp;Draw</source>
      <translation>&amp;Vẽ</translation>
    </message>
    <message>
      <source>&amp;Edit</source>
      <translation>&amp;Sửa</translation>
    </message>
    <message>
      <source>&amp;Edit Label…</source>
      <translation>&amp;Sửa nhãn…</translation>
    </message>
    <message>
      <source>&amp;Ellipse</source>
      <translation>Hình &amp;elip</translation>
    </message>
    <message>
      <source>&amp;Epochs</source>
      <translation>&amp;Epoch</translation>
    </message>
    <message>
      <source>&amp;Eraser</source>
      <translation>Tẩ&amp;y</translation>
    </message>
    <message>
      <source>&amp;Export…</source>
      <translation>&amp;Xuất…</translation>
    </message>
    <message>
      <source>&amp;File</source>
      <translation>&amp;Tệp</translation>
    </message>
    <message>
      <source>&amp;Files</source>
      <translation>&amp;Tệp</translation>
    </message>
    <message>
      <source>&amp;Fill of shapes</source>
      <translation>&amp;Tô hình</translation>
    </message>
    <message>
      <source>&amp;Find in Files</source>
      <translation>Tìm trong danh &amp;sách tệp</translation>
    </message>
    <message>
      <source>&amp;Finish Object</source>
      <translation>Hoàn &amp;tất đối tượng</translation>
    </message>
    <message>
      <source>&amp;Fit to Window</source>
      <translation>&amp;Vừa cửa sổ</translation>
    </message>
    <message>
      <source>&amp;Flags and Tags of the Folder…</source>
      <translation>&amp;Cờ và thẻ của thư mục…</translation>
    </message>
    <message>
      <source>&amp;Format</source>
      <translation>Định &amp;dạng</translation>
    </message>
    <message>
      <source>&amp;Go On</source>
      <translation>&amp;Tiếp tục</translation>
    </message>
    <message>
      <source>&amp;Go On Looking</source>
      <translation>&amp;Quét tiếp</translation>
    </message>
    <message>
      <source>&amp;Go To</source>
      <translation>Đ&amp;i đến</translation>
    </message>
    <message>
      <source>&amp;Go to Image…</source>
      <translation>Đ&amp;i đến ảnh…</translation>
    </message>
    <message>
      <source>&amp;Grid, every</source>
      <translation>&amp;Lưới, mỗi</translation>
    </message>
    <message>
      <source>&amp;Group</source>
      <translation>Nhó&amp;m</translation>
    </message>
    <message>
      <source>&amp;Groups</source>
      <translation>&amp;Nhóm</translation>
    </message>
    <message>
      <source>&amp;Help</source>
      <translation>Trợ &amp;giúp</translation>
    </message>
    <message>
      <source>&amp;Hide</source>
      <translation>Ẩ&amp;n</translation>
    </message>
    <message>
      <source>&amp;Hide All Objects</source>
      <translation>Ẩn &amp;mọi đối tượng</translation>
    </message>
    <message>
      <source>&amp;Image</source>
      <translation>Ả&amp;nh</translation>
    </message>
    <message>
      <source>&amp;Images</source>
      <translation>Ả&amp;nh</translation>
    </message>
    <message>
      <source>&amp;Images of the Folder…</source>
      <translation>Ảnh của thư &amp;mục…</translation>
    </message>
    <message>
      <source>&amp;Import…</source>
      <translation>Nhậ&amp;p…</translation>
    </message>
    <message>
      <source>&amp;Intersect</source>
      <translation>&amp;Giao</translation>
    </message>
    <message>
      <source>&amp;Invert Selection</source>
      <translation>Đả&amp;o vùng chọn</translation>
    </message>
    <message>
      <source>&amp;JSON…</source>
      <translation>&amp;JSON…</translation>
    </message>
    <message>
      <source>&amp;Keep Shapes Inside of the Image</source>
      <translation>Giữ &amp;hình bên trong ảnh</translation>
    </message>
    <message>
      <source>&amp;Keep Shapes of Previous Image</source>
      <translation>Giữ hình củ&amp;a ảnh trước</translation>
    </message>
    <message>
      <source>&amp;Keep Zoom between Images</source>
      <translation>Giữ mức &amp;zoom giữa các ảnh</translation>
    </message>
    <message>
      <source>&amp;Key</source>
      <translation>&amp;Khóa</translation>
    </message>
    <message>
      <source>&amp;Keyboard Shortcuts</source>
      <translation>&amp;Phím tắt</translation>
    </message>
    <message>
      <source>&amp;Label As</source>
      <translation>&amp;Gán nhãn</translation>
    </message>
    <message>
      <source>&amp;Label this Image</source>
      <translation>&amp;Gán nhãn ảnh này</translation>
    </message>
    <message>
      <source>&amp;Labels</source>
      <translation>N&amp;hãn</translation>
    </message>
    <message>
      <source>&amp;Labels of the Folder…</source>
      <translation>&amp;Nhãn của thư mục…</translation>
    </message>
    <message>
      <source>&amp;Learn</source>
      <translation>&amp;Học</translation>
    </message>
    <message>
      <source>&amp;Left by 1°</source>
      <translation>&amp;Sang trái 1°</translation>
    </message>
    <message>
      <source>&amp;Light</source>
      <translation>&amp;Sáng</translation>
    </message>
    <message>
      <source>&amp;Line</source>
      <translation>Đ&amp;oạn thẳng</translation>
    </message>
    <message>
      <source>&amp;Load This Model</source>
      <translation>&amp;Nạp mô hình này</translation>
    </message>
    <message>
      <source>&amp;Lock or Unlock</source>
      <translation>Khóa hoặc mở khó&amp;a</translation>
    </message>
    <message>
      <source>&amp;Manage Labels…</source>
      <translation>&amp;Quản lý nhãn…</translation>
    </message>
    <message>
      <source>&amp;Manage Plug-ins…</source>
      <translation>&amp;Quản lý tiện ích…</translation>
    </message>
    <message>
      <source>&amp;Mask</source>
      <translation>Mặ&amp;t nạ</translation>
    </message>
    <message>
      <source>&amp;Merge</source>
      <translation>&amp;Hợp nhất</translation>
    </message>
    <message>
      <source>&amp;Model</source>
      <translation>&amp;Mô hình</translation>
    </message>
    <message>
      <source>&amp;Move Here</source>
      <translation>&amp;Di chuyển đến đây</translation>
    </message>
    <message>
      <source>&amp;New Training</source>
      <translation>Huấn luyện &amp;mới</translation>
    </message>
    <message>
      <source>&amp;Next Image</source>
      <translation>Ảnh tiếp th&amp;eo</translation>
    </message>
    <message>
      <source>&amp;Next Unchecked Image</source>
      <translation>Ảnh chưa kiểm &amp;tra tiếp theo</translation>
    </message>
    <message>
      <source>&amp;Not Alike</source>
      <translation>&amp;Không giống</translation>
    </message>
    <message>
      <source>&amp;Objects</source>
      <translation>Đố&amp;i tượng</translation>
    </message>
    <message>
      <source>&amp;Order</source>
      <translation>&amp;Thứ tự</translation>
    </message>
    <message>
      <source>&amp;Outline</source>
      <translation>Kh&amp;oanh vùng</translation>
    </message>
    <message>
      <source>&amp;Outline Everything</source>
      <translation>Kh&amp;oanh vùng mọi thứ</translation>
    </message>
    <message>
      <source>&amp;Pass over images that have a class</source>
      <translation>&amp;Bỏ qua ảnh đã có lớp</translation>
    </message>
    <message>
      <source>&amp;Paste</source>
      <translation>&amp;Dán</translation>
    </message>
    <message>
      <source>&amp;Pause</source>
      <translation>Tạm &amp;dừng</translation>
    </message>
    <message>
      <source>&amp;Performance Settings…</source>
      <translation>Cài đặt &amp;hiệu năng…</translation>
    </message>
    <message>
      <source>&amp;Pictures</source>
      <translation>Ả&amp;nh</translation>
    </message>
    <message>
      <source>&amp;Pictures in</source>
      <translation>Ả&amp;nh ở</translation>
    </message>
    <message>
      <source>&amp;Polygon</source>
      <translation>Đa &amp;giác</translation>
    </message>
    <message>
      <source>&amp;Previous Image</source>
      <translation>Ả&amp;nh trước</translation>
    </message>
    <message>
      <source>&amp;Previous Unchecked Image</source>
      <translation>Ảnh chưa &amp;kiểm tra trước đó</translation>
    </message>
    <message>
      <source>&amp;Progress</source>
      <translation>T&amp;iến độ</translation>
    </message>
    <message>
      <source>&amp;Quadrilateral</source>
      <translation>Tứ giá&amp;c</translation>
    </message>
    <message>
      <source>&amp;Quit</source>
      <translation>Th&amp;oát</translation>
    </message>
    <message>
      <source>&amp;Rectangle</source>
      <translation>&amp;Hình chữ nhật</translation>
    </message>
    <message>
      <source>&amp;Redo</source>
      <translation>&amp;Làm lại</translation>
    </message>
    <message>
      <source>&amp;Redo {step}</source>
      <translation>&amp;Làm lại {step}</translation>
    </message>
    <message>
      <source>&amp;Remove Point</source>
      <translation>&amp;Bỏ điểm</translation>
    </message>
    <message>
      <source>&amp;Reset</source>
      <translation>Đặt lạ&amp;i</translation>
    </message>
    <message>
      <source>&amp;Reset Layout</source>
      <translation>Đặt &amp;lại bố cục</translation>
    </message>
    <message>
      <source>&amp;Right by 1°</source>
      <translation>Sang &amp;phải 1°</translation>
    </message>
    <message>
      <source>&amp;Runs</source>
      <translation>Các lần chạ&amp;y</translation>
    </message>
    <message>
      <source>&amp;Saturation</source>
      <translation>Độ &amp;bão hòa</translation>
    </message>
    <message>
      <source>&amp;Save</source>
      <translation>&amp;Lưu</translation>
    </message>
    <message>
      <source>&amp;Scores</source>
      <translation>Điểm &amp;số</translation>
    </message>
    <message>
      <source>&amp;Select</source>
      <translation>C&amp;họn</translation>
    </message>
    <message>
      <source>&amp;Select and Edit</source>
      <translation>Chọn và &amp;sửa</translation>
    </message>
    <message>
      <source>&amp;Selected classes only</source>
      <translation>&amp;Chỉ các lớp đã chọn</translation>
    </message>
    <message>
      <source>&amp;Snap to Points, Edges and Axes</source>
      <translation>Bắt dính &amp;vào điểm, cạnh và trục</translation>
    </message>
    <message>
      <source>&amp;Split Along a Line</source>
      <translation>Chia theo &amp;một đường</translation>
    </message>
    <message>
      <source>&amp;Start</source>
      <translation>Khởi đầ&amp;u</translation>
    </message>
    <message>
      <source>&amp;Statistics…</source>
      <translation>Thống &amp;kê…</translation>
    </message>
    <message>
      <source>&amp;Stop</source>
      <translation>&amp;Dừng</translation>
    </message>
    <message>
      <source>&amp;Stop at Once</source>
      <translation>&amp;Dừng ngay</translation>
    </message>
    <message>
      <source>&amp;Subtract</source>
      <translation>&amp;Trừ</translation>
    </message>
    <message>
      <source>&amp;Text</source>
      <translation>&amp;Văn bản</translation>
    </message>
    <message>
      <source>&amp;Texts</source>
      <translation>&amp;Văn bản</translation>
    </message>
    <message>
      <source>&amp;Text…</source>
      <translation>&amp;Văn bản…</translation>
    </message>
    <message>
      <source>&amp;Theme</source>
      <translation>Giao &amp;diện</translation>
    </message>
    <message>
      <source>&amp;Tools</source>
      <translation>&amp;Công cụ</translation>
    </message>
    <message>
      <source>&amp;Train a Model…</source>
      <translation>H&amp;uấn luyện mô hình…</translation>
    </message>
    <message>
      <source>&amp;Undo</source>
      <translation>H&amp;oàn tác</translation>
    </message>
    <message>
      <source>&amp;Undo {step}</source>
      <translation>&amp;Hoàn tác {step}</translation>
    </message>
    <message>
      <source>&amp;Unlink</source>
      <translation>&amp;Bỏ liên kết</translation>
    </message>
    <message>
      <source>&amp;View</source>
      <translation>&amp;Xem</translation>
    </message>
    <message>
      <source>&amp;Whole folder</source>
      <translation>Toà&amp;n bộ thư mục</translation>
    </message>
    <message>
      <source>&amp;With a label…</source>
      <translation>Có &amp;nhãn…</translation>
    </message>
    <message>
      <source>&amp;Write into a folder that is not empty; class numbers in it stay</source>
      <translation>Ghi &amp;vào thư mục không trống; số lớp trong đó giữ nguyên</translation>
    </message>
    <message>
      <source>&amp;Write the Data Set Only…</source>
      <translation>Chỉ ghi bộ &amp;dữ liệu…</translation>
    </message>
    <message>
      <source>&amp;Zoom</source>
      <translation>&amp;Phóng to, thu nhỏ</translation>
    </message>
    <message>
      <source>&amp;each class by itself</source>
      <translation>từng lớp &amp;riêng</translation>
    </message>
    <message>
      <source>(no label)</source>
      <translation>(không có nhãn)</translation>
    </message>
    <message>
      <source>, beside the {there:,} that are.</source>
      <translation>, bên cạnh {there:,} đối tượng đã có.</translation>
    </message>
    <message>
      <source>. Takes effect at the next start</source>
      <translation>. Có hiệu lực từ lần khởi động sau</translation>
    </message>
    <message>
      <source>8-bit integers (INT8)</source>
      <translation>Số nguyên 8 bit (INT8)</translation>
    </message>
    <message>
      <source>A data set is being written or read already.</source>
      <translation>Đang ghi hoặc đọc một bộ dữ liệu rồi.</translation>
    </message>
    <message>
      <source>A group holds shapes together that lie apart.</source>
      <translation>Nhóm giữ được các hình nằm rời nhau.</translation>
    </message>
    <message>
      <source>A key gives its class, Space goes on, Backspace takes back</source>
      <translation>Phím gán lớp tương ứng, Space đi tiếp, Backspace rút lại</translation>
    </message>
    <message>
      <source>A model cannot be converted to 8-bit integers without pictures to calibrate it with.</source>
      <translation>Không thể chuyển mô hình sang số nguyên 8 bit khi không có ảnh để hiệu chuẩn.</translation>
    </message>
    <message>
      <source>A model is being trained.</source>
      <translation>Một mô hình đang được huấn luyện.</translation>
    </message>
    <message>
      <source>A network from scratch needs thousands of images to learn well. With few, go on from a .pt file.</source>
      <translation>Mạng khởi đầu từ con số không cần hàng nghìn ảnh để học tốt. Với ít ảnh, hãy tiếp tục từ một tệp .pt.</translation>
    </message>
    <message>
      <source>A part of the picture could not be written as a picture.</source>
      <translation>Không ghi được một phần của ảnh thành ảnh.</translation>
    </message>
    <message>
      <source>A person has reviewed the labels of this image</source>
      <translation>Đã có người kiểm tra nhãn của ảnh này</translation>
    </message>
    <message>
      <source>A point beside the object, for AI Outline</source>
      <translation>Một điểm ngoài đối tượng, cho Khoanh bằng AI</translation>
    </message>
    <message>
      <source>A point of the object, for AI Outline</source>
      <translation>Một điểm thuộc đối tượng, cho Khoanh bằng AI</translation>
    </message>
    <message>
      <source>A rectangle or an outline of it will do; several of them find more.</source>
      <translation>Một hình chữ nhật hoặc đường viền là đủ; nhiều mẫu sẽ tìm được nhiều hơn.</translation>
    </message>
    <message>
      <source>A remark</source>
      <translation>Một ghi chú</translation>
    </message>
    <message>
      <source>A value that another program or a model left at a shape has no form in a label file.</source>
      <translation>Một giá trị mà chương trình khác hoặc mô hình để lại ở một hình không ghi được vào tệp nhãn.</translation>
    </message>
    <message>
      <source>A&amp;ngles</source>
      <translation>&amp;Góc xoay</translation>
    </message>
    <message>
      <source>AI tool in memory</source>
      <translation>Công cụ AI (bộ nhớ)</translation>
    </message>
    <message>
      <source>AI tool makes</source>
      <translation>Công cụ AI tạo</translation>
    </message>
    <message>
      <source>AI tool on disk</source>
      <translation>Công cụ AI (đĩa)</translation>
    </message>
    <message>
      <source>AI tool: outlines by colour, no model</source>
      <translation>Công cụ AI: theo màu, không mô hình</translation>
    </message>
    <message>
      <source>AI tool: {name} · {device}</source>
      <translation>Công cụ AI: {name} · {device}</translation>
    </message>
    <message>
      <source>About AnyLabeling</source>
      <translation>Giới thiệu AnyLabeling</translation>
    </message>
    <message>
      <source>Accuracy</source>
      <translation>Độ chính xác</translation>
    </message>
    <message>
      <source>Actions</source>
      <translation>Thao tác</translation>
    </message>
    <message>
      <source>Add</source>
      <translation>Thêm</translation>
    </message>
    <message>
      <source>Add a tag</source>
      <translation>Thêm thẻ</translation>
    </message>
    <message>
      <source>Add it under labels, or take validate_label away.</source>
      <translation>Hãy thêm nó vào labels, hoặc bỏ validate_label.</translation>
    </message>
    <message>
      <source>Add shapes</source>
      <translation>Thêm hình</translation>
    </message>
    <message>
      <source>Add tag {tag}</source>
      <translation>Thêm thẻ {tag}</translation>
    </message>
    <message>
      <source>Add the objects that they lack</source>
      <translation>Thêm các đối tượng còn thiếu</translation>
    </message>
    <message>
      <source>Add vertex</source>
      <translation>Thêm đỉnh</translation>
    </message>
    <message>
      <source>Add {label}</source>
      <translation>Thêm {label}</translation>
    </message>
    <message>
      <source>Address of the server</source>
      <translation>Địa chỉ máy chủ</translation>
    </message>
    <message>
      <source>Ai&amp;m by Arrow Keys</source>
      <translation>Ngắm bằng phím mũi &amp;tên</translation>
    </message>
    <message>
      <source>Aim with a drawing tool, by 1, 10 or 100 pixels</source>
      <translation>Ngắm với công cụ vẽ, từng 1, 10 hoặc 100 điểm ảnh</translation>
    </message>
    <message>
      <source>All</source>
      <translation>Tất cả</translation>
    </message>
    <message>
      <source>All Defaults</source>
      <translation>Mặc định tất cả</translation>
    </message>
    <message>
      <source>All images have the same class; at least two are needed.</source>
      <translation>Mọi ảnh đều cùng một lớp; cần ít nhất hai lớp.</translation>
    </message>
    <message>
      <source>All images in the list are checked.</source>
      <translation>Mọi ảnh trong danh sách đã được kiểm tra.</translation>
    </message>
    <message>
      <source>All labels</source>
      <translation>Mọi nhãn</translation>
    </message>
    <message>
      <source>All other images in the list are labelled.</source>
      <translation>Mọi ảnh khác trong danh sách đã được gán nhãn.</translation>
    </message>
    <message>
      <source>All other images in the list have a class.</source>
      <translation>Mọi ảnh khác trong danh sách đều đã có lớp.</translation>
    </message>
    <message>
      <source>Allow writing to it, or save elsewhere.</source>
      <translation>Hãy cho phép ghi vào tệp, hoặc lưu ở nơi khác.</translation>
    </message>
    <message>
      <source>Alt and an arrow key move a tag, Delete takes it away</source>
      <translation>Alt và phím mũi tên di chuyển thẻ, Delete bỏ thẻ</translation>
    </message>
    <message>
      <source>An NVIDIA GPU is present but not used: {why}.</source>
      <translation>Có GPU NVIDIA nhưng không được dùng: {why}.</translation>
    </message>
    <message>
      <source>An empty folder for the data set</source>
      <translation>Một thư mục trống cho bộ dữ liệu</translation>
    </message>
    <message>
      <source>An&amp;y class</source>
      <translation>Lớp bất &amp;kỳ</translation>
    </message>
    <message>
      <source>Angle loss</source>
      <translation>Mất mát góc</translation>
    </message>
    <message>
      <source>Another .pt file…</source>
      <translation>Tệp .pt khác…</translation>
    </message>
    <message>
      <source>Another class</source>
      <translation>Lớp khác</translation>
    </message>
    <message>
      <source>Another flag</source>
      <translation>Cờ khác</translation>
    </message>
    <message>
      <source>Another training is on its way.</source>
      <translation>Một lần huấn luyện khác đang chạy.</translation>
    </message>
    <message>
      <source>Answers are found again in moments. Detections of {images} take as long as they took at first.</source>
      <translation>Câu trả lời có lại được trong chốc lát. Phát hiện của {images} lại mất thời gian như lần đầu.</translation>
    </message>
    <message>
      <source>Apply Filter looks through {images}. Nothing runs before.</source>
      <translation>Áp dụng bộ lọc sẽ xem qua {images}. Trước đó không có gì chạy.</translation>
    </message>
    <message>
      <source>Apply a filter first.</source>
      <translation>Hãy áp dụng bộ lọc trước.</translation>
    </message>
    <message>
      <source>Arrow keys aim with the select tool, too; Enter presses and releases</source>
      <translation>Phím mũi tên ngắm cả với công cụ chọn; Enter nhấn và thả</translation>
    </message>
    <message>
      <source>Arrows</source>
      <translation>Phím mũi tên</translation>
    </message>
    <message>
      <source>Arrows, also with Shift or Ctrl</source>
      <translation>Phím mũi tên, cả với Shift hoặc Ctrl</translation>
    </message>
    <message>
      <source>As shown</source>
      <translation>Như hiển thị</translation>
    </message>
    <message>
      <source>As shown; copies are written upright</source>
      <translation>Như hiển thị; bản sao được ghi thẳng</translation>
    </message>
    <message>
      <source>As stored</source>
      <translation>Như được lưu</translation>
    </message>
    <message>
      <source>As stored, for programs that ignore EXIF</source>
      <translation>Như được lưu, cho chương trình bỏ qua EXIF</translation>
    </message>
    <message>
      <source>As the sizes in the data set say</source>
      <translation>Theo kích thước trong bộ dữ liệu</translation>
    </message>
    <message>
      <source>Ask for text and description in the label dialog</source>
      <translation>Hỏi văn bản và mô tả trong hộp thoại nhãn</translation>
    </message>
    <message>
      <source>Ask for the label of each new shape</source>
      <translation>Hỏi nhãn của mỗi hình mới</translation>
    </message>
    <message>
      <source>Ask whoever runs it for a key, and give it with Tools &gt; Models on a Server.</source>
      <translation>Hãy xin khóa từ người vận hành, rồi nhập vào qua Công cụ &gt; Mô hình trên máy chủ.</translation>
    </message>
    <message>
      <source>Asking the server</source>
      <translation>Đang hỏi máy chủ</translation>
    </message>
    <message>
      <source>Assign</source>
      <translation>Gán</translation>
    </message>
    <message>
      <source>At least two labelled images are needed: one to learn from and one to check with.</source>
      <translation>Cần ít nhất hai ảnh đã gán nhãn: một để học và một để kiểm tra.</translation>
    </message>
    <message>
      <source>Attributes that a shape can have, by label: a list of choices, or text, number or check</source>
      <translation>Các thuộc tính mà hình có thể có, theo nhãn: danh sách lựa chọn, hoặc text, number hay check</translation>
    </message>
    <message>
      <source>Automatic</source>
      <translation>Tự động</translation>
    </message>
    <message>
      <source>Automatic Colour</source>
      <translation>Màu tự động</translation>
    </message>
    <message>
      <source>Backend</source>
      <translation>Backend</translation>
    </message>
    <message>
      <source>Backspace or Ctrl+Z</source>
      <translation>Backspace hoặc Ctrl+Z</translation>
    </message>
    <message>
      <source>Backwar&amp;d</source>
      <translation>Xuống &amp;một lớp</translation>
    </message>
    <message>
      <source>Batch size</source>
      <translation>Kích thước lô</translation>
    </message>
    <message>
      <source>Becomes</source>
      <translation>Trở thành</translation>
    </message>
    <message>
      <source>Began</source>
      <translation>Bắt đầu</translation>
    </message>
    <message>
      <source>Begin a new one.</source>
      <translation>Hãy bắt đầu một lần mới.</translation>
    </message>
    <message>
      <source>Begin a training, or choose one of the runs.</source>
      <translation>Hãy bắt đầu huấn luyện, hoặc chọn một lần chạy.</translation>
    </message>
    <message>
      <source>Begin and end it outside of the shape.</source>
      <translation>Hãy bắt đầu và kết thúc bên ngoài hình.</translation>
    </message>
    <message>
      <source>Both save into the same label files. What the other one has changed is not overwritten without asking.</source>
      <translation>Cả hai lưu vào cùng các tệp nhãn. Những gì cửa sổ kia đã đổi sẽ không bị ghi đè khi chưa hỏi.</translation>
    </message>
    <message>
      <source>Box loss</source>
      <translation>Mất mát khung</translation>
    </message>
    <message>
      <source>Boxes</source>
      <translation>Khung</translation>
    </message>
    <message>
      <source>Bring {} forward</source>
      <translation>Đưa {} lên một lớp</translation>
    </message>
    <message>
      <source>Bring {} to front</source>
      <translation>Đưa {} lên trên cùng</translation>
    </message>
    <message>
      <source>Build engines with 8-bit integers, which needs calibration</source>
      <translation>Dựng engine với số nguyên 8 bit, cần hiệu chuẩn</translation>
    </message>
    <message>
      <source>Build engines with half precision</source>
      <translation>Dựng engine với độ chính xác một nửa</translation>
    </message>
    <message>
      <source>Building a TensorRT engine</source>
      <translation>Đang dựng engine TensorRT</translation>
    </message>
    <message>
      <source>By chance</source>
      <translation>Ngẫu nhiên</translation>
    </message>
    <message>
      <source>By the folders train and val</source>
      <translation>Theo thư mục train và val</translation>
    </message>
    <message>
      <source>C&amp;ancel</source>
      <translation>&amp;Hủy</translation>
    </message>
    <message>
      <source>C&amp;ount</source>
      <translation>&amp;Số lượng</translation>
    </message>
    <message>
      <source>C&amp;uboid</source>
      <translation>&amp;Khối hộp</translation>
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
      <translation>&amp;CSV…</translation>
    </message>
    <message>
      <source>CSV (*.csv)</source>
      <translation>CSV (*.csv)</translation>
    </message>
    <message>
      <source>CSV with Counts per &amp;Class</source>
      <translation>CSV &amp;kèm số lượng từng lớp</translation>
    </message>
    <message>
      <source>CVAT</source>
      <translation>CVAT</translation>
    </message>
    <message>
      <source>Ca&amp;ncel</source>
      <translation>Hủ&amp;y bỏ</translation>
    </message>
    <message>
      <source>Cache</source>
      <translation>Bộ đệm</translation>
    </message>
    <message>
      <source>Cache hits</source>
      <translation>Trúng bộ đệm</translation>
    </message>
    <message>
      <source>Caching</source>
      <translation>Bộ nhớ đệm</translation>
    </message>
    <message>
      <source>Calibrating</source>
      <translation>Đang hiệu chuẩn</translation>
    </message>
    <message>
      <source>Cancel</source>
      <translation>Hủy</translation>
    </message>
    <message>
      <source>Canvas</source>
      <translation>Vùng vẽ</translation>
    </message>
    <message>
      <source>Change &amp;Label Folder…</source>
      <translation>Đổ&amp;i thư mục nhãn…</translation>
    </message>
    <message>
      <source>Change Number</source>
      <translation>Đổi số</translation>
    </message>
    <message>
      <source>Change group to {number}</source>
      <translation>Đổi nhóm thành {number}</translation>
    </message>
    <message>
      <source>Change order</source>
      <translation>Đổi thứ tự</translation>
    </message>
    <message>
      <source>Change order of tags</source>
      <translation>Thay đổi thứ tự thẻ</translation>
    </message>
    <message>
      <source>Change tags</source>
      <translation>Thay đổi thẻ</translation>
    </message>
    <message>
      <source>Changing label files</source>
      <translation>Đang đổi các tệp nhãn</translation>
    </message>
    <message>
      <source>Changing labels</source>
      <translation>Đang đổi nhãn</translation>
    </message>
    <message>
      <source>Check that the disk has space and that the folder is writable.</source>
      <translation>Hãy kiểm tra xem đĩa còn chỗ và thư mục có ghi được không.</translation>
    </message>
    <message>
      <source>Check that the folder is there and that you may use it.</source>
      <translation>Hãy kiểm tra xem thư mục có ở đó và bạn có quyền dùng không.</translation>
    </message>
    <message>
      <source>Check that {parent} exists, is writable and has space.</source>
      <translation>Hãy kiểm tra xem {parent} có tồn tại, ghi được và còn chỗ không.</translation>
    </message>
    <message>
      <source>Check that {parent} is writable and has space, or save.</source>
      <translation>Hãy kiểm tra xem {parent} có ghi được và còn chỗ không, hoặc lưu lại.</translation>
    </message>
    <message>
      <source>Check that {parent} is writable and has space.</source>
      <translation>Hãy kiểm tra xem {parent} có ghi được và còn chỗ không.</translation>
    </message>
    <message>
      <source>Check that {path} exists and that you may read it.</source>
      <translation>Hãy kiểm tra xem {path} có tồn tại và bạn có quyền đọc không.</translation>
    </message>
    <message>
      <source>Check the address, or choose another model.</source>
      <translation>Hãy kiểm tra địa chỉ, hoặc chọn mô hình khác.</translation>
    </message>
    <message>
      <source>Check the classes in the list</source>
      <translation>Chọn các lớp trong danh sách</translation>
    </message>
    <message>
      <source>Check the connection to the network and try again.</source>
      <translation>Hãy kiểm tra kết nối mạng rồi thử lại.</translation>
    </message>
    <message>
      <source>Check the permissions of the file.</source>
      <translation>Hãy kiểm tra quyền của tệp.</translation>
    </message>
    <message>
      <source>Check the permissions of the folder.</source>
      <translation>Hãy kiểm tra quyền của thư mục.</translation>
    </message>
    <message>
      <source>Checked</source>
      <translation>Kiểm tra</translation>
    </message>
    <message>
      <source>Checked. A click takes the mark away (Space).</source>
      <translation>Đã kiểm tra. Nhấp để bỏ dấu (Space).</translation>
    </message>
    <message>
      <source>Checkpoints (*.pt)</source>
      <translation>Checkpoint (*.pt)</translation>
    </message>
    <message>
      <source>Choose Tools &gt; Outline &gt; Find All Alike, then select what should not have been found.</source>
      <translation>Chọn Công cụ &gt; Khoanh vùng &gt; Tìm tất cả giống nhau, rồi chọn những gì lẽ ra không nên tìm thấy.</translation>
    </message>
    <message>
      <source>Choose a File…</source>
      <translation>Chọn tệp…</translation>
    </message>
    <message>
      <source>Choose a file…</source>
      <translation>Chọn tệp…</translation>
    </message>
    <message>
      <source>Choose a folder with images.</source>
      <translation>Hãy chọn một thư mục có ảnh.</translation>
    </message>
    <message>
      <source>Choose a model</source>
      <translation>Chọn một mô hình</translation>
    </message>
    <message>
      <source>Choose a model. Models of your own open with Choose a File.</source>
      <translation>Hãy chọn một mô hình. Mô hình của riêng bạn mở bằng Chọn tệp.</translation>
    </message>
    <message>
      <source>Choose a smaller image size or a smaller network.</source>
      <translation>Hãy chọn kích thước ảnh hoặc mạng nhỏ hơn.</translation>
    </message>
    <message>
      <source>Choose an .onnx file to label with.</source>
      <translation>Hãy chọn một tệp .onnx để gán nhãn.</translation>
    </message>
    <message>
      <source>Choose an action to change its keys</source>
      <translation>Chọn một hành động để đổi phím</translation>
    </message>
    <message>
      <source>Choose an empty one, or allow to write into it; its class numbers then stay.</source>
      <translation>Hãy chọn thư mục trống, hoặc cho phép ghi vào đó; số lớp trong đó được giữ nguyên.</translation>
    </message>
    <message>
      <source>Choose another folder with File &gt; Open Folder.</source>
      <translation>Chọn thư mục khác bằng Tệp &gt; Mở thư mục.</translation>
    </message>
    <message>
      <source>Choose another output folder.</source>
      <translation>Hãy chọn thư mục đầu ra khác.</translation>
    </message>
    <message>
      <source>Choose at least one class, or any class.</source>
      <translation>Chọn ít nhất một lớp, hoặc lớp bất kỳ.</translation>
    </message>
    <message>
      <source>Choose it from the list.</source>
      <translation>Hãy chọn trong danh sách.</translation>
    </message>
    <message>
      <source>Choose it with Tools &gt; Models on a Server.</source>
      <translation>Hãy chọn nó qua Công cụ &gt; Mô hình trên máy chủ.</translation>
    </message>
    <message>
      <source>Choose on a server…</source>
      <translation>Chọn trên máy chủ…</translation>
    </message>
    <message>
      <source>Choose one of the labels in the list.</source>
      <translation>Hãy chọn một nhãn trong danh sách.</translation>
    </message>
    <message>
      <source>Choose one with Tools &gt; Load Model.</source>
      <translation>Chọn một mô hình bằng Công cụ &gt; Nạp mô hình.</translation>
    </message>
    <message>
      <source>Choose that task, or start weights for this one.</source>
      <translation>Hãy chọn tác vụ đó, hoặc trọng số ban đầu cho tác vụ này.</translation>
    </message>
    <message>
      <source>Choose the AI tool and click an object, or draw a box around it.</source>
      <translation>Hãy chọn công cụ AI và nhấp một đối tượng, hoặc vẽ một hộp quanh nó.</translation>
    </message>
    <message>
      <source>Choose the folder for label files</source>
      <translation>Chọn thư mục cho tệp nhãn</translation>
    </message>
    <message>
      <source>Class</source>
      <translation>Lớp</translation>
    </message>
    <message>
      <source>Class loss</source>
      <translation>Mất mát lớp</translation>
    </message>
    <message>
      <source>Classes</source>
      <translation>Các lớp</translation>
    </message>
    <message>
      <source>Classes of images</source>
      <translation>Lớp của ảnh</translation>
    </message>
    <message>
      <source>Classify &amp;Images…</source>
      <translation>&amp;Phân loại ảnh…</translation>
    </message>
    <message>
      <source>Classify Images</source>
      <translation>Phân loại ảnh</translation>
    </message>
    <message>
      <source>Classify as {name}</source>
      <translation>Phân loại là {name}</translation>
    </message>
    <message>
      <source>Clear</source>
      <translation>Xóa</translation>
    </message>
    <message>
      <source>Clear Cac&amp;he…</source>
      <translation>&amp;Xóa bộ đệm…</translation>
    </message>
    <message>
      <source>Clear Cache</source>
      <translation>Xóa bộ đệm</translation>
    </message>
    <message>
      <source>Clear Filter</source>
      <translation>Bỏ bộ lọc</translation>
    </message>
    <message>
      <source>Clear flag {flag}</source>
      <translation>Bỏ cờ {flag}</translation>
    </message>
    <message>
      <source>Click there, or begin and end a drag</source>
      <translation>Nhấp tại đó, hoặc bắt đầu và kết thúc thao tác kéo</translation>
    </message>
    <message>
      <source>Close</source>
      <translation>Đóng</translation>
    </message>
    <message>
      <source>Close other programs.</source>
      <translation>Hãy đóng các chương trình khác.</translation>
    </message>
    <message>
      <source>Close the comparison</source>
      <translation>Đóng phần so sánh</translation>
    </message>
    <message>
      <source>Colour of labels that have none of their own</source>
      <translation>Màu của nhãn không có màu riêng</translation>
    </message>
    <message>
      <source>Colour of the crosshair; none: black and white, seen on anything</source>
      <translation>Màu của đường ngắm; không có: đen trắng, thấy rõ trên mọi nền</translation>
    </message>
    <message>
      <source>Colour of {labels}</source>
      <translation>Màu của {labels}</translation>
    </message>
    <message>
      <source>Colour of {number} labels</source>
      <translation>Màu của {number} nhãn</translation>
    </message>
    <message>
      <source>Colours</source>
      <translation>Màu sắc</translation>
    </message>
    <message>
      <source>Colours of labels; auto: by name; manual: those below; none: one for all</source>
      <translation>Màu của nhãn; tự động: theo tên; thủ công: các màu bên dưới; không có: một màu cho tất cả</translation>
    </message>
    <message>
      <source>Colours of some labels, which count with auto, too</source>
      <translation>Màu của một số nhãn, cũng có hiệu lực khi tự động</translation>
    </message>
    <message>
      <source>Colours of the window</source>
      <translation>Màu của cửa sổ</translation>
    </message>
    <message>
      <source>Colour…</source>
      <translation>Màu…</translation>
    </message>
    <message>
      <source>Com&amp;bine</source>
      <translation>&amp;Kết hợp</translation>
    </message>
    <message>
      <source>Comes</source>
      <translation>Có sẵn</translation>
    </message>
    <message>
      <source>Command</source>
      <translation>Lệnh</translation>
    </message>
    <message>
      <source>Command palette</source>
      <translation>Bảng lệnh</translation>
    </message>
    <message>
      <source>Command that installs what is missing</source>
      <translation>Lệnh cài những gì còn thiếu</translation>
    </message>
    <message>
      <source>Commands</source>
      <translation>Các lệnh</translation>
    </message>
    <message>
      <source>Compare &amp;with Labels in a Folder…</source>
      <translation>So sánh &amp;với nhãn trong thư mục…</translation>
    </message>
    <message>
      <source>Compare the number of each class, not that of all objects together</source>
      <translation>So sánh số lượng của từng lớp, không phải tổng mọi đối tượng</translation>
    </message>
    <message>
      <source>Compare with the Labels of a Folder</source>
      <translation>So sánh với nhãn của một thư mục</translation>
    </message>
    <message>
      <source>Compiled code</source>
      <translation>Mã biên dịch</translation>
    </message>
    <message>
      <source>Compiled code for overlaps, outlines, files and pictures; auto takes the fastest that is built</source>
      <translation>Mã biên dịch cho độ chồng lấp, đường viền, tệp và ảnh; tự động: chọn loại nhanh nhất đã được dựng</translation>
    </message>
    <message>
      <source>Con&amp;fidence</source>
      <translation>Độ &amp;tin cậy</translation>
    </message>
    <message>
      <source>Con&amp;vert To</source>
      <translation>Ch&amp;uyển thành</translation>
    </message>
    <message>
      <source>Conditions</source>
      <translation>Điều kiện</translation>
    </message>
    <message>
      <source>Conditions (Alt+Down)</source>
      <translation>Điều kiện (Alt+Xuống)</translation>
    </message>
    <message>
      <source>Confidence</source>
      <translation>Độ tin cậy</translation>
    </message>
    <message>
      <source>Confidence of the objects</source>
      <translation>Độ tin cậy của đối tượng</translation>
    </message>
    <message>
      <source>Conversations about images (VLM-R1)</source>
      <translation>Hội thoại về ảnh (VLM-R1)</translation>
    </message>
    <message>
      <source>Convert</source>
      <translation>Chuyển đổi</translation>
    </message>
    <message>
      <source>Convert {old} to {new}</source>
      <translation>Chuyển {old} thành {new}</translation>
    </message>
    <message>
      <source>Convert {{}} to {kind}</source>
      <translation>Chuyển {{}} thành {kind}</translation>
    </message>
    <message>
      <source>Cop&amp;y</source>
      <translation>&amp;Sao chép</translation>
    </message>
    <message>
      <source>Copy</source>
      <translation>Sao chép</translation>
    </message>
    <message>
      <source>Copy &amp;Paths</source>
      <translation>&amp;Sao chép đường dẫn</translation>
    </message>
    <message>
      <source>Copy Images to &amp;Folder…</source>
      <translation>Sao chép ảnh vào thư &amp;mục…</translation>
    </message>
    <message>
      <source>Copy Images to Folder</source>
      <translation>Sao chép ảnh vào thư mục</translation>
    </message>
    <message>
      <source>Copy shapes first.</source>
      <translation>Hãy sao chép hình trước.</translation>
    </message>
    <message>
      <source>Copy the command</source>
      <translation>Sao chép lệnh</translation>
    </message>
    <message>
      <source>Copy the file again.</source>
      <translation>Hãy sao chép lại tệp.</translation>
    </message>
    <message>
      <source>Copy them</source>
      <translation>Sao chép</translation>
    </message>
    <message>
      <source>Copying</source>
      <translation>Đang sao chép</translation>
    </message>
    <message>
      <source>CreateML</source>
      <translation>CreateML</translation>
    </message>
    <message>
      <source>Cu&amp;t</source>
      <translation>&amp;Cắt</translation>
    </message>
    <message>
      <source>Cut</source>
      <translation>Cắt</translation>
    </message>
    <message>
      <source>Cut &amp;Hole</source>
      <translation>&amp;Khoét lỗ</translation>
    </message>
    <message>
      <source>Cut hole into</source>
      <translation>Khoét lỗ vào</translation>
    </message>
    <message>
      <source>Cut the upper selected shapes out of the lowest</source>
      <translation>Cắt các hình đã chọn ở trên ra khỏi hình dưới cùng</translation>
    </message>
    <message>
      <source>Cut-out objects</source>
      <translation>Đối tượng cắt rời</translation>
    </message>
    <message>
      <source>Cut-out objects, the rest transparent</source>
      <translation>Đối tượng cắt rời, phần còn lại trong suốt</translation>
    </message>
    <message>
      <source>DOTA</source>
      <translation>DOTA</translation>
    </message>
    <message>
      <source>Data set</source>
      <translation>Bộ dữ liệu</translation>
    </message>
    <message>
      <source>Decode the next images ahead of time</source>
      <translation>Giải mã trước các ảnh tiếp theo</translation>
    </message>
    <message>
      <source>Decoding</source>
      <translation>Giải mã</translation>
    </message>
    <message>
      <source>Default</source>
      <translation>Mặc định</translation>
    </message>
    <message>
      <source>Default takes {shown} back from “{owner}”.</source>
      <translation>“Mặc định” lấy lại {shown} từ “{owner}”.</translation>
    </message>
    <message>
      <source>Delete</source>
      <translation>Xóa</translation>
    </message>
    <message>
      <source>Delete I&amp;mage…</source>
      <translation>Xó&amp;a ảnh…</translation>
    </message>
    <message>
      <source>Delete from Disk</source>
      <translation>Xóa khỏi đĩa</translation>
    </message>
    <message>
      <source>Delete it in {folder} with a file manager.</source>
      <translation>Hãy xóa nó trong {folder} bằng trình quản lý tệp.</translation>
    </message>
    <message>
      <source>Delete shapes</source>
      <translation>Xóa hình</translation>
    </message>
    <message>
      <source>Delete the labels of {name}?</source>
      <translation>Xóa nhãn của {name}?</translation>
    </message>
    <message>
      <source>Delete the training {name}?</source>
      <translation>Xóa lần huấn luyện {name}?</translation>
    </message>
    <message>
      <source>Delete the {objects:,} objects labelled {what} in the whole folder?</source>
      <translation>Xóa {objects:,} đối tượng có nhãn {what} trong toàn bộ thư mục?</translation>
    </message>
    <message>
      <source>Delete what is too much, or use an export whose decoder takes several boxes.</source>
      <translation>Hãy xóa những gì thừa, hoặc dùng bản xuất có bộ giải mã nhận nhiều khung.</translation>
    </message>
    <message>
      <source>Delete {name}?</source>
      <translation>Xóa {name}?</translation>
    </message>
    <message>
      <source>Delete {what}</source>
      <translation>Xóa {what}</translation>
    </message>
    <message>
      <source>Delete…</source>
      <translation>Xóa…</translation>
    </message>
    <message>
      <source>Description</source>
      <translation>Mô tả</translation>
    </message>
    <message>
      <source>Description of the image</source>
      <translation>Mô tả của ảnh</translation>
    </message>
    <message>
      <source>Description of the object</source>
      <translation>Mô tả của đối tượng</translation>
    </message>
    <message>
      <source>Details</source>
      <translation>Chi tiết</translation>
    </message>
    <message>
      <source>Details has the last lines of its log.</source>
      <translation>Chi tiết có những dòng cuối của nhật ký.</translation>
    </message>
    <message>
      <source>Details names each of them.</source>
      <translation>Xem từng cái trong Chi tiết.</translation>
    </message>
    <message>
      <source>Detection and grounding (ODVG)</source>
      <translation>Phát hiện và định vị theo cụm từ (ODVG)</translation>
    </message>
    <message>
      <source>Device</source>
      <translation>Thiết bị</translation>
    </message>
    <message>
      <source>Di&amp;vide</source>
      <translation>&amp;Phân chia</translation>
    </message>
    <message>
      <source>Diameter of the brush</source>
      <translation>Đường kính cọ</translation>
    </message>
    <message>
      <source>Did you mean {names}?</source>
      <translation>Có phải bạn muốn nói {names}?</translation>
    </message>
    <message>
      <source>Differs from the default</source>
      <translation>Khác với mặc định</translation>
    </message>
    <message>
      <source>Difficult to recognise</source>
      <translation>Khó nhận dạng</translation>
    </message>
    <message>
      <source>Disk space for pictures that the AI tool has made ready; 0 keeps none</source>
      <translation>Dung lượng đĩa cho ảnh mà công cụ AI đã chuẩn bị; 0 là không giữ</translation>
    </message>
    <message>
      <source>Dissolve</source>
      <translation>Giải tán</translation>
    </message>
    <message>
      <source>Dissolve groups</source>
      <translation>Giải tán các nhóm</translation>
    </message>
    <message>
      <source>Distance of the grid's lines</source>
      <translation>Khoảng cách giữa các đường lưới</translation>
    </message>
    <message>
      <source>Distance of the grid's lines in pixels of the image</source>
      <translation>Khoảng cách các đường lưới tính bằng pixel của ảnh</translation>
    </message>
    <message>
      <source>Division</source>
      <translation>Cách chia</translation>
    </message>
    <message>
      <source>Do&amp;wnload Models…</source>
      <translation>Tả&amp;i mô hình…</translation>
    </message>
    <message>
      <source>Done</source>
      <translation>Xong</translation>
    </message>
    <message>
      <source>Done: {name}. {objects}.</source>
      <translation>Xong: {name}. {objects}.</translation>
    </message>
    <message>
      <source>Download</source>
      <translation>Tải xuống</translation>
    </message>
    <message>
      <source>Download it again.</source>
      <translation>Hãy tải lại.</translation>
    </message>
    <message>
      <source>Download it again. Checkpoints older than PyTorch 1.6 have to be saved again with a newer one.</source>
      <translation>Hãy tải lại. Checkpoint cũ hơn PyTorch 1.6 phải được lưu lại bằng bản mới hơn.</translation>
    </message>
    <message>
      <source>Download it and put it into {folder}.</source>
      <translation>Hãy tải nó về và đặt vào {folder}.</translation>
    </message>
    <message>
      <source>Download it yourself and put it beside the model.</source>
      <translation>Hãy tự tải về và đặt cạnh mô hình.</translation>
    </message>
    <message>
      <source>Download or export it again.</source>
      <translation>Hãy tải hoặc xuất lại.</translation>
    </message>
    <message>
      <source>Drag a box around an object, or draw over it with Ctrl held down; more strokes refine it, with Shift over what is not the object. Or load a model with Tools &gt; Load Model.</source>
      <translation>Kéo một hộp quanh đối tượng, hoặc giữ Ctrl và vẽ lên nó; vẽ thêm nét để chính xác hơn, giữ Shift với phần không thuộc đối tượng. Hoặc nạp mô hình bằng Công cụ &gt; Nạp mô hình.</translation>
    </message>
    <message>
      <source>Drag a box around it, draw over it with Ctrl held down, or load a Segment Anything model with Tools &gt; Load Model.</source>
      <translation>Hãy kéo một hộp quanh nó, giữ Ctrl và vẽ lên nó, hoặc nạp mô hình Segment Anything bằng Công cụ &gt; Nạp mô hình.</translation>
    </message>
    <message>
      <source>Drag a larger one.</source>
      <translation>Hãy kéo hộp lớn hơn.</translation>
    </message>
    <message>
      <source>Draw a grid over the picture</source>
      <translation>Vẽ lưới lên ảnh</translation>
    </message>
    <message>
      <source>Draw an object, or let the model label the image.</source>
      <translation>Hãy vẽ một đối tượng, hoặc để mô hình gán nhãn ảnh.</translation>
    </message>
    <message>
      <source>Dupl&amp;icate</source>
      <translation>Nhân đô&amp;i</translation>
    </message>
    <message>
      <source>Duplicate</source>
      <translation>Nhân đôi</translation>
    </message>
    <message>
      <source>E&amp;dge Scissors</source>
      <translation>Kéo cắt th&amp;eo cạnh</translation>
    </message>
    <message>
      <source>E&amp;xclude</source>
      <translation>&amp;Loại trừ</translation>
    </message>
    <message>
      <source>E&amp;xport Results</source>
      <translation>X&amp;uất kết quả</translation>
    </message>
    <message>
      <source>Each of these has to be there</source>
      <translation>Mỗi lớp này đều phải có</translation>
    </message>
    <message>
      <source>Edge loss</source>
      <translation>Mất mát cạnh</translation>
    </message>
    <message>
      <source>Edit</source>
      <translation>Sửa</translation>
    </message>
    <message>
      <source>Edit &amp;Text</source>
      <translation>&amp;Sửa văn bản</translation>
    </message>
    <message>
      <source>Edit image</source>
      <translation>Sửa ảnh</translation>
    </message>
    <message>
      <source>Edit label</source>
      <translation>Sửa nhãn</translation>
    </message>
    <message>
      <source>Edit shapes</source>
      <translation>Sửa hình</translation>
    </message>
    <message>
      <source>Edit {field}</source>
      <translation>Sửa {field}</translation>
    </message>
    <message>
      <source>Edit {field} of the image</source>
      <translation>Sửa {field} của ảnh</translation>
    </message>
    <message>
      <source>Editing shapes</source>
      <translation>Đang sửa các hình</translation>
    </message>
    <message>
      <source>Encoder and decoder do not belong together.</source>
      <translation>Bộ mã hóa và bộ giải mã không thuộc về nhau.</translation>
    </message>
    <message>
      <source>Encoder and decoder may come from different models.</source>
      <translation>Bộ mã hóa và bộ giải mã có thể thuộc các mô hình khác nhau.</translation>
    </message>
    <message>
      <source>Ends after the images it is at and keeps the best weights</source>
      <translation>Kết thúc sau những ảnh đang xử lý và giữ trọng số tốt nhất</translation>
    </message>
    <message>
      <source>Enter adds the tag, Backspace takes the last one away, Up goes to the tags</source>
      <translation>Enter thêm thẻ, Backspace bỏ thẻ cuối, mũi tên lên đi tới các thẻ</translation>
    </message>
    <message>
      <source>Enter opens the picture in the main window</source>
      <translation>Enter mở ảnh trong cửa sổ chính</translation>
    </message>
    <message>
      <source>Enter: next object</source>
      <translation>Enter: đối tượng tiếp theo</translation>
    </message>
    <message>
      <source>Epoch {number:,} of {most:,}</source>
      <translation>Epoch {number:,} / {most:,}</translation>
    </message>
    <message>
      <source>Epochs</source>
      <translation>Epoch</translation>
    </message>
    <message>
      <source>Epochs without an improvement after which it ends</source>
      <translation>Số epoch không cải thiện thì kết thúc</translation>
    </message>
    <message>
      <source>Erase from</source>
      <translation>Tẩy khỏi</translation>
    </message>
    <message>
      <source>Erase {count} vertices</source>
      <translation>Tẩy {count} đỉnh</translation>
    </message>
    <message>
      <source>Exclude</source>
      <translation>Loại trừ</translation>
    </message>
    <message>
      <source>Export</source>
      <translation>Xuất</translation>
    </message>
    <message>
      <source>Export CSV</source>
      <translation>Xuất CSV</translation>
    </message>
    <message>
      <source>Export Results</source>
      <translation>Xuất kết quả</translation>
    </message>
    <message>
      <source>Export a Data Set</source>
      <translation>Xuất bộ dữ liệu</translation>
    </message>
    <message>
      <source>Export as a data set</source>
      <translation>Xuất thành bộ dữ liệu</translation>
    </message>
    <message>
      <source>Export it again, with all of its outputs.</source>
      <translation>Hãy xuất lại, với đủ mọi đầu ra.</translation>
    </message>
    <message>
      <source>Export it to ONNX and open that.</source>
      <translation>Hãy xuất sang ONNX rồi mở tệp đó.</translation>
    </message>
    <message>
      <source>Export it to ONNX with the program that made it and open that.</source>
      <translation>Hãy xuất sang ONNX bằng chương trình đã tạo ra nó rồi mở tệp đó.</translation>
    </message>
    <message>
      <source>Export the flags and tags of the folder</source>
      <translation>Xuất các cờ và thẻ của thư mục</translation>
    </message>
    <message>
      <source>Export the images of the folder</source>
      <translation>Xuất các ảnh của thư mục</translation>
    </message>
    <message>
      <source>Export the labels of the folder</source>
      <translation>Xuất các nhãn của thư mục</translation>
    </message>
    <message>
      <source>Export the list again, or put it beside the images.</source>
      <translation>Hãy xuất lại danh sách, hoặc đặt nó cạnh các ảnh.</translation>
    </message>
    <message>
      <source>Export the model to ONNX with the program that made it and open that.</source>
      <translation>Hãy xuất mô hình sang ONNX bằng chương trình đã tạo ra nó rồi mở tệp đó.</translation>
    </message>
    <message>
      <source>Exporting the model</source>
      <translation>Đang xuất mô hình</translation>
    </message>
    <message>
      <source>F&amp;older</source>
      <translation>Thư mụ&amp;c</translation>
    </message>
    <message>
      <source>Failed</source>
      <translation>Thất bại</translation>
    </message>
    <message>
      <source>Figures of each class</source>
      <translation>Số liệu của từng lớp</translation>
    </message>
    <message>
      <source>File</source>
      <translation>Tệp</translation>
    </message>
    <message>
      <source>File name</source>
      <translation>Tên tệp</translation>
    </message>
    <message>
      <source>File threads</source>
      <translation>Luồng đọc ghi tệp</translation>
    </message>
    <message>
      <source>Files</source>
      <translation>Tệp</translation>
    </message>
    <message>
      <source>File…</source>
      <translation>Tệp…</translation>
    </message>
    <message>
      <source>Filtering, {matches:,} found</source>
      <translation>Đang lọc, đã thấy {matches:,}</translation>
    </message>
    <message>
      <source>Find All A&amp;like</source>
      <translation>Tìm tất cả &amp;giống nhau</translation>
    </message>
    <message>
      <source>Find All Alike</source>
      <translation>Tìm tất cả giống nhau</translation>
    </message>
    <message>
      <source>Find all alike ({count})</source>
      <translation>Tìm tất cả giống nhau ({count})</translation>
    </message>
    <message>
      <source>Find all objects on this image that are like the selected or marked one</source>
      <translation>Tìm mọi đối tượng trên ảnh này giống đối tượng đã chọn hoặc đánh dấu</translation>
    </message>
    <message>
      <source>Find by</source>
      <translation>Tìm theo</translation>
    </message>
    <message>
      <source>Finding what is alike</source>
      <translation>Đang tìm những gì giống</translation>
    </message>
    <message>
      <source>Finding what is alike takes a Segment Anything model or a YOLOE.</source>
      <translation>Để tìm những gì giống nhau cần mô hình Segment Anything hoặc YOLOE.</translation>
    </message>
    <message>
      <source>Finish</source>
      <translation>Hoàn tất</translation>
    </message>
    <message>
      <source>Finish the shape</source>
      <translation>Kết thúc hình</translation>
    </message>
    <message>
      <source>First matches</source>
      <translation>Các ảnh khớp đầu tiên</translation>
    </message>
    <message>
      <source>First the key, then with Ctrl the value.</source>
      <translation>Chọn khóa trước, rồi giữ Ctrl chọn giá trị.</translation>
    </message>
    <message>
      <source>Fit to &amp;Width</source>
      <translation>Vừa chiề&amp;u rộng</translation>
    </message>
    <message>
      <source>Flags</source>
      <translation>Cờ</translation>
    </message>
    <message>
      <source>Flags that a shape can have, by a pattern that its label matches</source>
      <translation>Các cờ mà hình có thể có, theo mẫu mà nhãn của nó khớp</translation>
    </message>
    <message>
      <source>Flags that an image can have</source>
      <translation>Các cờ mà ảnh có thể có</translation>
    </message>
    <message>
      <source>Folder for the data set</source>
      <translation>Thư mục cho bộ dữ liệu</translation>
    </message>
    <message>
      <source>Folder for the run</source>
      <translation>Thư mục cho lần chạy</translation>
    </message>
    <message>
      <source>Folder of the pictures</source>
      <translation>Thư mục ảnh</translation>
    </message>
    <message>
      <source>Folder or file of the data set</source>
      <translation>Thư mục hoặc tệp của bộ dữ liệu</translation>
    </message>
    <message>
      <source>Folders of classes</source>
      <translation>Thư mục theo lớp</translation>
    </message>
    <message>
      <source>Folders with &amp;Label Files</source>
      <translation>&amp;Thư mục kèm tệp nhãn</translation>
    </message>
    <message>
      <source>Folder…</source>
      <translation>Thư mục…</translation>
    </message>
    <message>
      <source>Font of the window and of what is written at shapes; none: the system's</source>
      <translation>Phông chữ của cửa sổ và của chữ cạnh các hình; không có: phông của hệ thống</translation>
    </message>
    <message>
      <source>For&amp;ward</source>
      <translation>&amp;Lên một lớp</translation>
    </message>
    <message>
      <source>Forget &amp;Answers</source>
      <translation>Quên &amp;câu trả lời</translation>
    </message>
    <message>
      <source>Forget A&amp;ll</source>
      <translation>&amp;Quên tất cả</translation>
    </message>
    <message>
      <source>Forget Server</source>
      <translation>Quên máy chủ</translation>
    </message>
    <message>
      <source>Forget what the image filter has found?</source>
      <translation>Quên những gì bộ lọc ảnh đã tìm thấy?</translation>
    </message>
    <message>
      <source>Format</source>
      <translation>Định dạng</translation>
    </message>
    <message>
      <source>Formats</source>
      <translation>Định dạng</translation>
    </message>
    <message>
      <source>Free software under the GNU General Public License, version 3 or later.</source>
      <translation>Phần mềm tự do theo Giấy phép Công cộng GNU, phiên bản 3 hoặc mới hơn.</translation>
    </message>
    <message>
      <source>Freehand Pol&amp;ygon</source>
      <translation>Đ&amp;a giác vẽ tay</translation>
    </message>
    <message>
      <source>Full &amp;Screen</source>
      <translation>Toàn màn &amp;hình</translation>
    </message>
    <message>
      <source>G&amp;rid</source>
      <translation>&amp;Lưới</translation>
    </message>
    <message>
      <source>GB</source>
      <translation>GB</translation>
    </message>
    <message>
      <source>GPU memory cannot be reached from Python.</source>
      <translation>Không truy cập được bộ nhớ GPU từ Python.</translation>
    </message>
    <message>
      <source>GPU memory that building an engine may take</source>
      <translation>Bộ nhớ GPU mà việc dựng engine được dùng</translation>
    </message>
    <message>
      <source>GPU of Apple</source>
      <translation>GPU của Apple</translation>
    </message>
    <message>
      <source>GPU {number}</source>
      <translation>GPU {number}</translation>
    </message>
    <message>
      <source>Ga&amp;mma</source>
      <translation>&amp;Gamma</translation>
    </message>
    <message>
      <source>General</source>
      <translation>Chung</translation>
    </message>
    <message>
      <source>Give Up</source>
      <translation>Bỏ</translation>
    </message>
    <message>
      <source>Give a list of names, or a mapping of number to name.</source>
      <translation>Hãy cho một danh sách tên, hoặc ánh xạ từ số sang tên.</translation>
    </message>
    <message>
      <source>Give a name for each of them, in their order.</source>
      <translation>Hãy nêu tên cho từng lớp, theo thứ tự.</translation>
    </message>
    <message>
      <source>Give an .onnx file, a .pt file of Ultralytics, or a config.yaml.</source>
      <translation>Hãy đưa một tệp .onnx, một tệp .pt của Ultralytics, hoặc một config.yaml.</translation>
    </message>
    <message>
      <source>Give it a config.yaml with the key kpt_shape, such as [17, 3].</source>
      <translation>Hãy cho nó một config.yaml với khóa kpt_shape, chẳng hạn [17, 3].</translation>
    </message>
    <message>
      <source>Give new shapes the group number that was given last</source>
      <translation>Gán cho hình mới số nhóm được dùng gần nhất</translation>
    </message>
    <message>
      <source>Give new shapes the last label without asking</source>
      <translation>Gán nhãn gần nhất cho hình mới mà không hỏi</translation>
    </message>
    <message>
      <source>Give shares such as train:80,val:20, each above 0 and once.</source>
      <translation>Hãy cho tỉ lệ như train:80,val:20, mỗi phần lớn hơn 0 và chỉ một lần.</translation>
    </message>
    <message>
      <source>Give the address at which the models are.</source>
      <translation>Hãy cho địa chỉ nơi có các mô hình.</translation>
    </message>
    <message>
      <source>Give the address of a server. anylabeling serve starts one on another machine.</source>
      <translation>Hãy nhập địa chỉ máy chủ. Lệnh anylabeling serve khởi động máy chủ trên máy khác.</translation>
    </message>
    <message>
      <source>Give the encoder or decoder file of a Segment Anything model, or its config.yaml.</source>
      <translation>Hãy cho tệp mã hóa hoặc giải mã của mô hình Segment Anything, hoặc config.yaml của nó.</translation>
    </message>
    <message>
      <source>Give the images their flags by keys</source>
      <translation>Gán cờ cho ảnh bằng phím</translation>
    </message>
    <message>
      <source>Give the name of a file.</source>
      <translation>Hãy cho tên của một tệp.</translation>
    </message>
    <message>
      <source>Gives</source>
      <translation>Kết quả</translation>
    </message>
    <message>
      <source>Go &amp;On Where You Left</source>
      <translation>Tiế&amp;p tục chỗ đã dừng</translation>
    </message>
    <message>
      <source>Go &amp;On in {folder}</source>
      <translation>Tiế&amp;p tục trong {folder}</translation>
    </message>
    <message>
      <source>Go On</source>
      <translation>Tiếp tục</translation>
    </message>
    <message>
      <source>Go back to selecting after each shape that was drawn</source>
      <translation>Trở lại chế độ chọn sau mỗi hình được vẽ</translation>
    </message>
    <message>
      <source>Go to Image</source>
      <translation>Đi đến ảnh</translation>
    </message>
    <message>
      <source>Greatest confidence</source>
      <translation>Độ tin cậy cao nhất</translation>
    </message>
    <message>
      <source>Greatest {value}</source>
      <translation>{value} lớn nhất</translation>
    </message>
    <message>
      <source>Group</source>
      <translation>Nhóm</translation>
    </message>
    <message>
      <source>Group shapes</source>
      <translation>Nhóm các hình</translation>
    </message>
    <message>
      <source>Groups</source>
      <translation>Nhóm</translation>
    </message>
    <message>
      <source>Groups of the folder</source>
      <translation>Các nhóm của thư mục</translation>
    </message>
    <message>
      <source>Half precision (FP16)</source>
      <translation>Nửa chính xác (FP16)</translation>
    </message>
    <message>
      <source>Help</source>
      <translation>Trợ giúp</translation>
    </message>
    <message>
      <source>Hide</source>
      <translation>Ẩn</translation>
    </message>
    <message>
      <source>Hide Details</source>
      <translation>Ẩn chi tiết</translation>
    </message>
    <message>
      <source>Hide shapes</source>
      <translation>Ẩn hình</translation>
    </message>
    <message>
      <source>Hide {what}</source>
      <translation>Ẩn {what}</translation>
    </message>
    <message>
      <source>How far a side moves with each notch</source>
      <translation>Khoảng dịch chuyển của cạnh theo mỗi nấc</translation>
    </message>
    <message>
      <source>How far an outline may move when it is simplified</source>
      <translation>Đường viền có thể dịch bao xa khi đơn giản hóa</translation>
    </message>
    <message>
      <source>How many images are decoded ahead</source>
      <translation>Số ảnh được giải mã trước</translation>
    </message>
    <message>
      <source>How many recent folders and files the menu holds</source>
      <translation>Số thư mục và tệp gần đây trong menu</translation>
    </message>
    <message>
      <source>How much colours may differ for the magic wand</source>
      <translation>Màu có thể khác nhau bao nhiêu đối với đũa thần</translation>
    </message>
    <message>
      <source>How much it grows with each notch of the wheel</source>
      <translation>Mức phóng to theo mỗi nấc con lăn</translation>
    </message>
    <message>
      <source>How much of a tile the next one shows, too: at least as much as a small object</source>
      <translation>Phần của một ô mà ô kế tiếp cũng hiện: ít nhất bằng một vật nhỏ</translation>
    </message>
    <message>
      <source>How much of the picture the crosshair hides</source>
      <translation>Đường ngắm che ảnh đến mức nào</translation>
    </message>
    <message>
      <source>How much of the picture the fills of shapes hide</source>
      <translation>Phần tô của hình che ảnh đến mức nào</translation>
    </message>
    <message>
      <source>How much the log says</source>
      <translation>Mức chi tiết của nhật ký</translation>
    </message>
    <message>
      <source>How near the cursor must be to snap</source>
      <translation>Con trỏ phải gần đến mức nào để bắt dính</translation>
    </message>
    <message>
      <source>How near the cursor must be to take hold of a point</source>
      <translation>Con trỏ phải gần đến mức nào để bắt được điểm</translation>
    </message>
    <message>
      <source>How the number of objects is compared</source>
      <translation>Cách so sánh số đối tượng</translation>
    </message>
    <message>
      <source>How to Install</source>
      <translation>Cách cài đặt</translation>
    </message>
    <message>
      <source>ISAT</source>
      <translation>ISAT</translation>
    </message>
    <message>
      <source>Im&amp;port…</source>
      <translation>&amp;Nhập…</translation>
    </message>
    <message>
      <source>Image</source>
      <translation>Ảnh</translation>
    </message>
    <message>
      <source>Image &amp;Filter…</source>
      <translation>&amp;Bộ lọc ảnh…</translation>
    </message>
    <message>
      <source>Image Filter</source>
      <translation>Bộ lọc ảnh</translation>
    </message>
    <message>
      <source>Image cache</source>
      <translation>Bộ đệm ảnh</translation>
    </message>
    <message>
      <source>Image height</source>
      <translation>Cao ảnh</translation>
    </message>
    <message>
      <source>Image si&amp;ze</source>
      <translation>&amp;Kích thước ảnh</translation>
    </message>
    <message>
      <source>Image size</source>
      <translation>Kích thước ảnh</translation>
    </message>
    <message>
      <source>Image width</source>
      <translation>Rộng ảnh</translation>
    </message>
    <message>
      <source>Images</source>
      <translation>Ảnh</translation>
    </message>
    <message>
      <source>Images ({patterns})</source>
      <translation>Ảnh ({patterns})</translation>
    </message>
    <message>
      <source>Images at once</source>
      <translation>Số ảnh mỗi lượt</translation>
    </message>
    <message>
      <source>Images that go through a model in one call</source>
      <translation>Số ảnh đi qua mô hình trong một lần gọi</translation>
    </message>
    <message>
      <source>Images that have labels</source>
      <translation>Ảnh đã có nhãn</translation>
    </message>
    <message>
      <source>Images with &amp;labels</source>
      <translation>Ảnh đã &amp;có nhãn</translation>
    </message>
    <message>
      <source>Images with each flag</source>
      <translation>Ảnh có từng cờ</translation>
    </message>
    <message>
      <source>Images with each tag</source>
      <translation>Ảnh có từng thẻ</translation>
    </message>
    <message>
      <source>Images {learn:,} + {check:,} · divided {parts} · trained for {time}</source>
      <translation>Ảnh {learn:,} + {check:,} · chia {parts} · huấn luyện {time}</translation>
    </message>
    <message>
      <source>Import</source>
      <translation>Nhập</translation>
    </message>
    <message>
      <source>Import a Data Set</source>
      <translation>Nhập bộ dữ liệu</translation>
    </message>
    <message>
      <source>Import a List of Images</source>
      <translation>Nhập danh sách ảnh</translation>
    </message>
    <message>
      <source>Import a data set of another format</source>
      <translation>Nhập bộ dữ liệu định dạng khác</translation>
    </message>
    <message>
      <source>Import labels</source>
      <translation>Nhập nhãn</translation>
    </message>
    <message numerus="yes">
      <source>In %n pictures objects overlap; the upper one counts.</source>
      <translation>
        <numerusform>Trong %n ảnh có đối tượng chồng nhau; đối tượng ở trên được tính.</numerusform>
      </translation>
    </message>
    <message>
      <source>Inference</source>
      <translation>Suy luận</translation>
    </message>
    <message>
      <source>Inside of a selected shape; by default its own colour</source>
      <translation>Phần trong của hình được chọn; mặc định là màu của hình</translation>
    </message>
    <message>
      <source>Inside of a shape that is drawn; by default its own colour</source>
      <translation>Phần trong của hình đang vẽ; mặc định là màu của hình</translation>
    </message>
    <message>
      <source>Install it with: {command}</source>
      <translation>Cài đặt bằng: {command}</translation>
    </message>
    <message>
      <source>Install it with: {heic_command}</source>
      <translation>Cài đặt bằng: {heic_command}</translation>
    </message>
    <message>
      <source>Install it with: {install_command}</source>
      <translation>Cài đặt bằng: {install_command}</translation>
    </message>
    <message>
      <source>Install one and start again, on Debian and Ubuntu: apt-get install fonts-wqy-microhei</source>
      <translation>Hãy cài một phông rồi khởi động lại, trên Debian và Ubuntu: apt-get install fonts-wqy-microhei</translation>
    </message>
    <message>
      <source>Install the package cuda-python (or pycuda).</source>
      <translation>Hãy cài gói cuda-python (hoặc pycuda).</translation>
    </message>
    <message>
      <source>Install the package onnxruntime, or onnxruntime-gpu for an NVIDIA GPU.</source>
      <translation>Hãy cài gói onnxruntime, hoặc onnxruntime-gpu cho GPU NVIDIA.</translation>
    </message>
    <message>
      <source>Install the package openvino again.</source>
      <translation>Hãy cài lại gói openvino.</translation>
    </message>
    <message>
      <source>Install the package tensorrt instead.</source>
      <translation>Hãy cài gói tensorrt thay vào đó.</translation>
    </message>
    <message>
      <source>Install the package ultralytics, or export the model to ONNX and open that.</source>
      <translation>Hãy cài gói ultralytics, hoặc xuất mô hình sang ONNX rồi mở tệp đó.</translation>
    </message>
    <message>
      <source>Install the packages ultralytics and torch again.</source>
      <translation>Hãy cài lại các gói ultralytics và torch.</translation>
    </message>
    <message>
      <source>Install with: {command}</source>
      <translation>Cài bằng: {command}</translation>
    </message>
    <message>
      <source>Interrupted</source>
      <translation>Bị gián đoạn</translation>
    </message>
    <message>
      <source>Intersect</source>
      <translation>Giao</translation>
    </message>
    <message>
      <source>IoU: boxes of one class that overlap more are one object</source>
      <translation>IoU: các hộp cùng lớp chồng lấp nhiều hơn mức này là một đối tượng</translation>
    </message>
    <message>
      <source>IoU: boxes of one class that overlap more than this are one object</source>
      <translation>IoU: các hộp cùng lớp chồng lấp nhiều hơn mức này là một đối tượng</translation>
    </message>
    <message>
      <source>Is it a server of AnyLabeling or X-AnyLabeling?</source>
      <translation>Đó có phải máy chủ của AnyLabeling hoặc X-AnyLabeling không?</translation>
    </message>
    <message>
      <source>Is it the address of a server of models, with the right port?</source>
      <translation>Đó có phải địa chỉ của máy chủ mô hình, với đúng cổng không?</translation>
    </message>
    <message>
      <source>Is the server running, and is the address right?</source>
      <translation>Máy chủ có đang chạy và địa chỉ có đúng không?</translation>
    </message>
    <message>
      <source>It cannot be read in parts: zooming in shows no more detail.</source>
      <translation>Không thể đọc từng phần: phóng to cũng không thấy rõ hơn.</translation>
    </message>
    <message numerus="yes">
      <source>It ended after %n epochs, since it no longer got better.</source>
      <translation>
        <numerusform>Kết thúc sau %n epoch vì không còn tốt hơn.</numerusform>
      </translation>
    </message>
    <message>
      <source>It ends with the program. What was learned by the last whole epoch is kept, and it can go on later.</source>
      <translation>Việc này kết thúc cùng chương trình. Những gì đã học đến epoch trọn vẹn cuối cùng được giữ lại, và có thể tiếp tục sau.</translation>
    </message>
    <message>
      <source>It has none at all.</source>
      <translation>Máy chủ không có mô hình nào.</translation>
    </message>
    <message>
      <source>It has {names}.</source>
      <translation>Máy chủ có {names}.</translation>
    </message>
    <message>
      <source>It holds the key of the server.</source>
      <translation>Biến đó chứa khóa của máy chủ.</translation>
    </message>
    <message>
      <source>It is kept as it is, and nothing is saved for this image until you choose to replace it.</source>
      <translation>Tệp được giữ nguyên, và ảnh này không được lưu cho đến khi bạn chọn thay thế nó.</translation>
    </message>
    <message>
      <source>It is left as it is.</source>
      <translation>Nó được giữ nguyên.</translation>
    </message>
    <message>
      <source>It is not built.</source>
      <translation>Chưa được biên dịch.</translation>
    </message>
    <message>
      <source>It knows {known} and {number:,} more.</source>
      <translation>Nó biết {known} và {number:,} lớp khác.</translation>
    </message>
    <message>
      <source>It knows {known}.</source>
      <translation>Nó biết {known}.</translation>
    </message>
    <message>
      <source>It looks like http://192.168.1.5:8100/yolo11n: server, port and the name of a model.</source>
      <translation>Nó có dạng http://192.168.1.5:8100/yolo11n: máy chủ, cổng và tên mô hình.</translation>
    </message>
    <message>
      <source>It may be damaged, or made for a newer version of onnxruntime.</source>
      <translation>Nó có thể bị hỏng, hoặc được làm cho bản onnxruntime mới hơn.</translation>
    </message>
    <message>
      <source>It may be damaged, or made for a newer version of openvino.</source>
      <translation>Nó có thể bị hỏng, hoặc được làm cho bản openvino mới hơn.</translation>
    </message>
    <message>
      <source>It may have been made with another version of ultralytics. An ONNX export can be opened instead.</source>
      <translation>Nó có thể được làm bằng phiên bản ultralytics khác. Thay vào đó có thể mở bản xuất ONNX.</translation>
    </message>
    <message>
      <source>It may have been moved or deleted.</source>
      <translation>Có thể tệp đã bị di chuyển hoặc xóa.</translation>
    </message>
    <message>
      <source>It needs keys such as type and model_path.</source>
      <translation>Nó cần các khóa như type và model_path.</translation>
    </message>
    <message>
      <source>It needs the key model_path with an .onnx or .pt file.</source>
      <translation>Nó cần khóa model_path với một tệp .onnx hoặc .pt.</translation>
    </message>
    <message>
      <source>It needs the key server_url with an address such as http://192.168.1.5:8100.</source>
      <translation>Cần khóa server_url với địa chỉ như http://192.168.1.5:8100.</translation>
    </message>
    <message>
      <source>It runs models for {names}.</source>
      <translation>Nó chạy các mô hình cho {names}.</translation>
    </message>
    <message>
      <source>It runs the types yolov5 to yolov10, yolo11, yolo12, yolo26, yolox, yolo_nas, damo_yolo, gold_yolo, rtdetr, rfdetr, dfine, deimv2 and segment_anything.</source>
      <translation>Chương trình chạy các loại yolov5 đến yolov10, yolo11, yolo12, yolo26, yolox, yolo_nas, damo_yolo, gold_yolo, rtdetr, rfdetr, dfine, deimv2 và segment_anything.</translation>
    </message>
    <message>
      <source>It was stopped before the first epoch was whole, so there is no model.</source>
      <translation>Bị dừng trước khi xong epoch đầu tiên, nên không có mô hình.</translation>
    </message>
    <message>
      <source>Its checksum is noted at the first download and checked from then on.</source>
      <translation>Mã kiểm tra được ghi lại ở lần tải đầu và được đối chiếu từ đó về sau.</translation>
    </message>
    <message>
      <source>Its folder goes with the model in it: {folder}</source>
      <translation>Thư mục của nó bị xóa cùng mô hình trong đó: {folder}</translation>
    </message>
    <message>
      <source>Its labels are kept; put the image back, or give them up.</source>
      <translation>Nhãn của nó được giữ; hãy đặt ảnh về chỗ cũ, hoặc bỏ chúng.</translation>
    </message>
    <message>
      <source>Its record is gone.</source>
      <translation>Bản ghi của nó không còn.</translation>
    </message>
    <message>
      <source>Join the selected shapes; rectangles become the one around them</source>
      <translation>Nối các hình đã chọn; các hình chữ nhật thành hình bao quanh chúng</translation>
    </message>
    <message>
      <source>Keep &amp;all classes of the start weights</source>
      <translation>&amp;Giữ mọi lớp của trọng số ban đầu</translation>
    </message>
    <message>
      <source>Keep brightness, gamma and saturation from image to image</source>
      <translation>Giữ độ sáng, gamma và độ bão hòa khi chuyển ảnh</translation>
    </message>
    <message>
      <source>Keep existing objects</source>
      <translation>Giữ đối tượng đã có</translation>
    </message>
    <message>
      <source>Keep on disk</source>
      <translation>Giữ trên đĩa</translation>
    </message>
    <message>
      <source>Keep shapes inside of the picture while drawing and dragging</source>
      <translation>Giữ hình bên trong ảnh khi vẽ và kéo</translation>
    </message>
    <message>
      <source>Keep shapes of previous image</source>
      <translation>Giữ hình của ảnh trước</translation>
    </message>
    <message>
      <source>Keep the contrast from image to image</source>
      <translation>Giữ độ tương phản khi chuyển ảnh</translation>
    </message>
    <message>
      <source>Keep the keys that there are, and have these, too</source>
      <translation>Giữ các phím đang có và thêm phím này</translation>
    </message>
    <message>
      <source>Keep the zoom from image to image</source>
      <translation>Giữ mức thu phóng khi chuyển ảnh</translation>
    </message>
    <message>
      <source>Keep what only one of the selected shapes covers</source>
      <translation>Giữ phần chỉ một trong các hình đã chọn che phủ</translation>
    </message>
    <message>
      <source>Keep what the selected shapes have in common</source>
      <translation>Giữ phần chung của các hình đã chọn</translation>
    </message>
    <message>
      <source>Keep what was found on disk for the next start</source>
      <translation>Giữ kết quả trên đĩa cho lần khởi động sau</translation>
    </message>
    <message>
      <source>Kept detections</source>
      <translation>Phát hiện được giữ</translation>
    </message>
    <message>
      <source>Key</source>
      <translation>Khóa</translation>
    </message>
    <message>
      <source>Key points</source>
      <translation>Điểm mốc</translation>
    </message>
    <message>
      <source>Key points are points in one group with a box or an outline; each has its name as label.</source>
      <translation>Điểm mốc là các điểm cùng nhóm với một hộp hoặc đường bao; tên của mỗi điểm là nhãn.</translation>
    </message>
    <message>
      <source>Keyboard Shortcuts</source>
      <translation>Phím tắt</translation>
    </message>
    <message>
      <source>Keyboard shortcuts</source>
      <translation>Phím tắt</translation>
    </message>
    <message>
      <source>Kind</source>
      <translation>Loại</translation>
    </message>
    <message>
      <source>Kind of the objects</source>
      <translation>Loại của các đối tượng</translation>
    </message>
    <message>
      <source>Kind that they become</source>
      <translation>Loại mà chúng trở thành</translation>
    </message>
    <message>
      <source>Kinds</source>
      <translation>Loại</translation>
    </message>
    <message>
      <source>Kinds and &amp;Groups…</source>
      <translation>Loại và &amp;nhóm…</translation>
    </message>
    <message>
      <source>Kinds and Groups of the Folder</source>
      <translation>Loại và nhóm của thư mục</translation>
    </message>
    <message>
      <source>Known labels</source>
      <translation>Các nhãn đã có</translation>
    </message>
    <message>
      <source>Known tags</source>
      <translation>Thẻ đã biết</translation>
    </message>
    <message>
      <source>Knows of</source>
      <translation>Được biết về</translation>
    </message>
    <message>
      <source>L&amp;eft by 15°</source>
      <translation>Sang &amp;trái 15°</translation>
    </message>
    <message>
      <source>L&amp;og</source>
      <translation>Nhật &amp;ký</translation>
    </message>
    <message>
      <source>Label</source>
      <translation>Nhãn</translation>
    </message>
    <message>
      <source>Label &amp;All Images…</source>
      <translation>Gán nhãn &amp;mọi ảnh…</translation>
    </message>
    <message>
      <source>Label Manager</source>
      <translation>Quản lý nhãn</translation>
    </message>
    <message>
      <source>Label all images of the file list with the model</source>
      <translation>Gán nhãn mọi ảnh trong danh sách tệp bằng mô hình</translation>
    </message>
    <message>
      <source>Label as {label}</source>
      <translation>Gán nhãn {label}</translation>
    </message>
    <message>
      <source>Label file</source>
      <translation>Tệp nhãn</translation>
    </message>
    <message>
      <source>Label files (AnyLabeling, labelme, X-AnyLabeling)</source>
      <translation>Tệp nhãn (AnyLabeling, labelme, X-AnyLabeling)</translation>
    </message>
    <message>
      <source>Label images with boxes, polygons and models that do most of the work.</source>
      <translation>Gán nhãn ảnh bằng hộp, đa giác và các mô hình làm phần lớn công việc.</translation>
    </message>
    <message>
      <source>Label of each digit key; none: the first ten labels</source>
      <translation>Nhãn của mỗi phím số; không có: mười nhãn đầu</translation>
    </message>
    <message>
      <source>Label of the objects</source>
      <translation>Nhãn của các đối tượng</translation>
    </message>
    <message>
      <source>Label this image with the model</source>
      <translation>Gán nhãn ảnh này bằng mô hình</translation>
    </message>
    <message>
      <source>Label with model</source>
      <translation>Gán nhãn bằng mô hình</translation>
    </message>
    <message>
      <source>Label with model ({count})</source>
      <translation>Gán nhãn bằng mô hình ({count})</translation>
    </message>
    <message>
      <source>Labelled. A click marks the image as checked (Space).</source>
      <translation>Đã gán nhãn. Nhấp để đánh dấu ảnh là đã kiểm tra (Space).</translation>
    </message>
    <message>
      <source>Labelling</source>
      <translation>Đang gán nhãn</translation>
    </message>
    <message>
      <source>Labels</source>
      <translation>Nhãn</translation>
    </message>
    <message>
      <source>Labels (*.json)</source>
      <translation>Nhãn (*.json)</translation>
    </message>
    <message>
      <source>Labels appear here as they are used.</source>
      <translation>Nhãn xuất hiện ở đây khi được dùng.</translation>
    </message>
    <message>
      <source>Labels of the folder</source>
      <translation>Nhãn của thư mục</translation>
    </message>
    <message>
      <source>Labels of the folder are being changed already.</source>
      <translation>Nhãn của thư mục đang được thay đổi.</translation>
    </message>
    <message>
      <source>Labels of the other folder</source>
      <translation>Nhãn của thư mục kia</translation>
    </message>
    <message>
      <source>Labels that are accepted; exact: only those from the list</source>
      <translation>Các nhãn được chấp nhận; chính xác: chỉ những nhãn trong danh sách</translation>
    </message>
    <message>
      <source>Labels to choose from</source>
      <translation>Các nhãn để chọn</translation>
    </message>
    <message>
      <source>Lang&amp;uage</source>
      <translation>N&amp;gôn ngữ</translation>
    </message>
    <message>
      <source>Language of the window; system: that of the desktop where it is one of these</source>
      <translation>Ngôn ngữ của cửa sổ; hệ thống: theo máy, nếu là một trong số này</translation>
    </message>
    <message>
      <source>Large images in tiles</source>
      <translation>Ảnh lớn theo từng ô</translation>
    </message>
    <message>
      <source>Largest batch</source>
      <translation>Lô lớn nhất</translation>
    </message>
    <message>
      <source>Learns</source>
      <translation>Học</translation>
    </message>
    <message>
      <source>Least confidence</source>
      <translation>Độ tin cậy thấp nhất</translation>
    </message>
    <message>
      <source>Least score of a detection that counts</source>
      <translation>Điểm số thấp nhất để một phát hiện được tính</translation>
    </message>
    <message>
      <source>Least {value}</source>
      <translation>{value} nhỏ nhất</translation>
    </message>
    <message>
      <source>Leave the tool, drop the selection</source>
      <translation>Rời công cụ, bỏ vùng chọn</translation>
    </message>
    <message>
      <source>Leave them alone</source>
      <translation>Giữ nguyên</translation>
    </message>
    <message>
      <source>Leave them out</source>
      <translation>Bỏ qua</translation>
    </message>
    <message>
      <source>Let auto build and use TensorRT engines</source>
      <translation>Cho phép tự động dựng và dùng engine TensorRT</translation>
    </message>
    <message>
      <source>Let the run rest; it goes on where it was</source>
      <translation>Cho lượt chạy nghỉ; sau đó nó tiếp tục từ chỗ cũ</translation>
    </message>
    <message>
      <source>Licence</source>
      <translation>Giấy phép</translation>
    </message>
    <message>
      <source>Licence {licence}.</source>
      <translation>Giấy phép {licence}.</translation>
    </message>
    <message>
      <source>Like the &amp;System</source>
      <translation>Theo &amp;hệ thống</translation>
    </message>
    <message>
      <source>Lin&amp;k Images in Folder…</source>
      <translation>&amp;Liên kết ảnh trong thư mục…</translation>
    </message>
    <message>
      <source>Lin&amp;ks</source>
      <translation>&amp;Liên kết</translation>
    </message>
    <message>
      <source>Line S&amp;trip</source>
      <translation>Đường gấ&amp;p khúc</translation>
    </message>
    <message>
      <source>Line of a selected shape; by default its own colour</source>
      <translation>Đường của hình được chọn; mặc định là màu của hình</translation>
    </message>
    <message>
      <source>Line of a shape without a label; by default the accent</source>
      <translation>Đường của hình không có nhãn; mặc định là màu nhấn</translation>
    </message>
    <message>
      <source>Lines and points have no area.</source>
      <translation>Đường và điểm không có diện tích.</translation>
    </message>
    <message>
      <source>Link &amp;Key to Value</source>
      <translation>&amp;Liên kết khóa với giá trị</translation>
    </message>
    <message>
      <source>Link Images in Folder</source>
      <translation>Liên kết ảnh trong thư mục</translation>
    </message>
    <message>
      <source>Link objects</source>
      <translation>Liên kết đối tượng</translation>
    </message>
    <message>
      <source>Link them, which takes no space</source>
      <translation>Liên kết, không tốn chỗ</translation>
    </message>
    <message>
      <source>Lists are .txt files with a path a line, .csv files with a column image_path, or exported .json.</source>
      <translation>Danh sách là tệp .txt mỗi dòng một đường dẫn, tệp .csv có cột image_path, hoặc tệp .json đã xuất.</translation>
    </message>
    <message>
      <source>Lists of images (*.json *.txt *.csv);;All files (*)</source>
      <translation>Danh sách ảnh (*.json *.txt *.csv);;Mọi tệp (*)</translation>
    </message>
    <message>
      <source>Load</source>
      <translation>Nạp</translation>
    </message>
    <message>
      <source>Load &amp;Model…</source>
      <translation>Nạ&amp;p mô hình…</translation>
    </message>
    <message>
      <source>Load This Model</source>
      <translation>Nạp mô hình này</translation>
    </message>
    <message>
      <source>Load a model again.</source>
      <translation>Hãy nạp lại một mô hình.</translation>
    </message>
    <message>
      <source>Load a model first: the filter looks at what it detects.</source>
      <translation>Hãy nạp mô hình trước: bộ lọc xem những gì nó phát hiện.</translation>
    </message>
    <message>
      <source>Load a model.</source>
      <translation>Hãy nạp một mô hình.</translation>
    </message>
    <message>
      <source>Load it again.</source>
      <translation>Hãy nạp lại.</translation>
    </message>
    <message>
      <source>Load it in the window and choose the AI tool.</source>
      <translation>Hãy nạp nó trong cửa sổ và chọn công cụ AI.</translation>
    </message>
    <message>
      <source>Load one with Tools &gt; Load Model, or get one with Tools &gt; Download Models.</source>
      <translation>Nạp một mô hình bằng Công cụ &gt; Nạp mô hình, hoặc tải về bằng Công cụ &gt; Tải mô hình.</translation>
    </message>
    <message>
      <source>Loading {name}</source>
      <translation>Đang nạp {name}</translation>
    </message>
    <message>
      <source>Lock</source>
      <translation>Khóa</translation>
    </message>
    <message>
      <source>Log</source>
      <translation>Nhật ký</translation>
    </message>
    <message>
      <source>Look Again</source>
      <translation>Xem lại</translation>
    </message>
    <message>
      <source>Look again without what is like the selected ones of those that were found</source>
      <translation>Tìm lại, bỏ những gì giống các đối tượng đang chọn trong số đã tìm thấy</translation>
    </message>
    <message>
      <source>Look at images that are larger than a tile in parts as well: finds small objects</source>
      <translation>Xem ảnh lớn hơn một ô theo từng phần nữa: tìm được vật nhỏ</translation>
    </message>
    <message>
      <source>Look for</source>
      <translation>Tìm</translation>
    </message>
    <message>
      <source>Look for It on All Images</source>
      <translation>Tìm nó trên mọi ảnh</translation>
    </message>
    <message>
      <source>Look in</source>
      <translation>Tìm trong</translation>
    </message>
    <message>
      <source>Look of the Picture</source>
      <translation>Hiển thị ảnh</translation>
    </message>
    <message>
      <source>Look whether they are about this picture before you go on.</source>
      <translation>Hãy xem chúng có thuộc về ảnh này không trước khi tiếp tục.</translation>
    </message>
    <message>
      <source>Looking for plug-ins</source>
      <translation>Đang tìm tiện ích</translation>
    </message>
    <message>
      <source>Loss</source>
      <translation>Mất mát</translation>
    </message>
    <message>
      <source>Lower the confidence to see more.</source>
      <translation>Giảm độ tin cậy để thấy nhiều hơn.</translation>
    </message>
    <message>
      <source>MB</source>
      <translation>MB</translation>
    </message>
    <message>
      <source>MOTChallenge sequences</source>
      <translation>Chuỗi MOTChallenge</translation>
    </message>
    <message>
      <source>Made for another version</source>
      <translation>Làm cho phiên bản khác</translation>
    </message>
    <message>
      <source>Magic &amp;Wand</source>
      <translation>Đũa t&amp;hần</translation>
    </message>
    <message>
      <source>Magic wand: click a colour, drag to take in more or fewer</source>
      <translation>Đũa thần: nhấp vào một màu, kéo để lấy nhiều hoặc ít hơn</translation>
    </message>
    <message>
      <source>Make space, or choose another folder.</source>
      <translation>Hãy giải phóng dung lượng, hoặc chọn thư mục khác.</translation>
    </message>
    <message>
      <source>Make space, then run it again.</source>
      <translation>Hãy giải phóng dung lượng rồi chạy lại.</translation>
    </message>
    <message>
      <source>Make space. {go_on}</source>
      <translation>Hãy giải phóng dung lượng. {go_on}</translation>
    </message>
    <message>
      <source>Mark Bac&amp;kground</source>
      <translation>Đánh &amp;dấu nền</translation>
    </message>
    <message>
      <source>Mark O&amp;bject</source>
      <translation>Đánh dấ&amp;u đối tượng</translation>
    </message>
    <message>
      <source>Mark image as checked</source>
      <translation>Đánh dấu ảnh đã kiểm tra</translation>
    </message>
    <message>
      <source>Mark image as not checked</source>
      <translation>Đánh dấu ảnh chưa kiểm tra</translation>
    </message>
    <message>
      <source>Mark with model ({count})</source>
      <translation>Đánh dấu bằng mô hình ({count})</translation>
    </message>
    <message>
      <source>Memory</source>
      <translation>Bộ nhớ</translation>
    </message>
    <message>
      <source>Memory for decoded images; 0 turns the cache off</source>
      <translation>Bộ nhớ cho ảnh đã giải mã; 0 là tắt bộ nhớ đệm</translation>
    </message>
    <message>
      <source>Memory for pictures that the AI tool has made ready</source>
      <translation>Bộ nhớ cho ảnh mà công cụ AI đã chuẩn bị</translation>
    </message>
    <message>
      <source>Mend it under attributes in the settings.</source>
      <translation>Hãy sửa ở mục attributes trong cài đặt.</translation>
    </message>
    <message>
      <source>Mend the file or move it away.</source>
      <translation>Hãy sửa tệp hoặc dời nó đi.</translation>
    </message>
    <message>
      <source>Merge</source>
      <translation>Hợp nhất</translation>
    </message>
    <message>
      <source>Merge Labels</source>
      <translation>Gộp nhãn</translation>
    </message>
    <message>
      <source>Merge {number} labels into {name}</source>
      <translation>Gộp {number} nhãn vào {name}</translation>
    </message>
    <message>
      <source>Merge…</source>
      <translation>Gộp…</translation>
    </message>
    <message>
      <source>Model</source>
      <translation>Mô hình</translation>
    </message>
    <message>
      <source>Model &amp;detections</source>
      <translation>&amp;Vật mô hình phát hiện</translation>
    </message>
    <message>
      <source>Model, confidence, classes</source>
      <translation>Mô hình, độ tin cậy, các lớp</translation>
    </message>
    <message>
      <source>Model: {value} {text}</source>
      <translation>Mô hình: {value} {text}</translation>
    </message>
    <message>
      <source>Models</source>
      <translation>Các mô hình</translation>
    </message>
    <message>
      <source>Models ({patterns});;All files (*)</source>
      <translation>Mô hình ({patterns});;Mọi tệp (*)</translation>
    </message>
    <message>
      <source>Models in the YOLOv5, YOLOv8, YOLO11 and RT-DETR layouts and end-to-end exports of them can be opened.</source>
      <translation>Có thể mở các mô hình theo bố cục YOLOv5, YOLOv8, YOLO11 và RT-DETR cùng các bản xuất end-to-end của chúng.</translation>
    </message>
    <message>
      <source>Models in the YOLOv5, YOLOv8, YOLO11 and RT-DETR layouts can be opened. A classifier without metadata needs a config.yaml with its classes.</source>
      <translation>Có thể mở các mô hình theo bố cục YOLOv5, YOLOv8, YOLO11 và RT-DETR. Bộ phân loại không có siêu dữ liệu cần một config.yaml với các lớp của nó.</translation>
    </message>
    <message>
      <source>Models of the server</source>
      <translation>Các mô hình của máy chủ</translation>
    </message>
    <message>
      <source>Models on a Ser&amp;ver…</source>
      <translation>Mô hình t&amp;rên máy chủ…</translation>
    </message>
    <message>
      <source>Models on a Server</source>
      <translation>Mô hình trên máy chủ</translation>
    </message>
    <message>
      <source>Modules</source>
      <translation>Mô-đun</translation>
    </message>
    <message>
      <source>More</source>
      <translation>Thêm</translation>
    </message>
    <message>
      <source>More conditions</source>
      <translation>Thêm điều kiện</translation>
    </message>
    <message>
      <source>More workspace memory may help (performance.tensorrt_workspace_gb).</source>
      <translation>Thêm bộ nhớ vùng làm việc có thể giúp ích (performance.tensorrt_workspace_gb).</translation>
    </message>
    <message>
      <source>Most epochs</source>
      <translation>Số epoch tối đa</translation>
    </message>
    <message>
      <source>Most images in one call, however many would fit</source>
      <translation>Số ảnh tối đa trong một lần gọi, dù còn chứa được thêm</translation>
    </message>
    <message>
      <source>Most space for what models found; what was not used for the longest time goes first</source>
      <translation>Dung lượng tối đa cho kết quả của mô hình; cái lâu không dùng nhất bị bỏ trước</translation>
    </message>
    <message>
      <source>Move</source>
      <translation>Di chuyển</translation>
    </message>
    <message>
      <source>Move circle</source>
      <translation>Di chuyển hình tròn</translation>
    </message>
    <message>
      <source>Move point</source>
      <translation>Di chuyển điểm</translation>
    </message>
    <message>
      <source>Move the file away, then change them again.</source>
      <translation>Hãy dời tệp đi, rồi đổi lại cài đặt.</translation>
    </message>
    <message>
      <source>Move the folder away, then change them again.</source>
      <translation>Hãy dời thư mục đi, rồi đổi lại cài đặt.</translation>
    </message>
    <message>
      <source>Move the picture</source>
      <translation>Di chuyển ảnh</translation>
    </message>
    <message>
      <source>Move the selected shapes by 1 pixel, with Shift by 10</source>
      <translation>Di chuyển hình đã chọn 1 điểm ảnh, với Shift là 10</translation>
    </message>
    <message>
      <source>Move vertex</source>
      <translation>Di chuyển đỉnh</translation>
    </message>
    <message>
      <source>Move {kind}</source>
      <translation>Di chuyển {kind}</translation>
    </message>
    <message>
      <source>Moves on in the palette by so many colours</source>
      <translation>Dịch trong bảng màu thêm bấy nhiêu màu</translation>
    </message>
    <message>
      <source>Na&amp;me</source>
      <translation>&amp;Tên</translation>
    </message>
    <message>
      <source>Na&amp;vigator</source>
      <translation>Khung điề&amp;u hướng</translation>
    </message>
    <message>
      <source>Name</source>
      <translation>Tên</translation>
    </message>
    <message>
      <source>Name of the model</source>
      <translation>Tên mô hình</translation>
    </message>
    <message>
      <source>Name one under digit_shortcuts or labels in the settings.</source>
      <translation>Hãy đặt nhãn ở mục digit_shortcuts hoặc labels trong cài đặt.</translation>
    </message>
    <message>
      <source>Navigator</source>
      <translation>Khung điều hướng</translation>
    </message>
    <message>
      <source>Ne&amp;w Objects</source>
      <translation>Đối tượn&amp;g mới</translation>
    </message>
    <message>
      <source>Networks are named such as yolo11n, yolo11s or yolov8m.</source>
      <translation>Tên mạng có dạng như yolo11n, yolo11s hoặc yolov8m.</translation>
    </message>
    <message>
      <source>New group number</source>
      <translation>Số nhóm mới</translation>
    </message>
    <message>
      <source>New keys</source>
      <translation>Phím mới</translation>
    </message>
    <message>
      <source>New label</source>
      <translation>Nhãn mới</translation>
    </message>
    <message>
      <source>New number</source>
      <translation>Số mới</translation>
    </message>
    <message>
      <source>New objects are labelled {label}.</source>
      <translation>Đối tượng mới mang nhãn {label}.</translation>
    </message>
    <message>
      <source>New objects get the label that you give them.</source>
      <translation>Đối tượng mới mang nhãn do bạn nhập.</translation>
    </message>
    <message>
      <source>Next &amp;Labelled Image</source>
      <translation>Ảnh đã gán &amp;nhãn tiếp theo</translation>
    </message>
    <message>
      <source>Next &amp;Unlabelled Image</source>
      <translation>Ảnh chư&amp;a gán nhãn tiếp theo</translation>
    </message>
    <message>
      <source>Next Image, &amp;Keeping Shapes</source>
      <translation>Ảnh tiếp, &amp;giữ lại hình</translation>
    </message>
    <message>
      <source>No Colour</source>
      <translation>Không màu</translation>
    </message>
    <message>
      <source>No Keys</source>
      <translation>Bỏ phím</translation>
    </message>
    <message>
      <source>No Segment Anything model is loaded: objects are outlined by their colours.</source>
      <translation>Chưa nạp mô hình Segment Anything: đối tượng được khoanh theo màu sắc.</translation>
    </message>
    <message>
      <source>No box is rotated. Rotated rectangles or quadrilaterals are needed.</source>
      <translation>Không khung nào bị xoay. Cần hình chữ nhật xoay hoặc tứ giác.</translation>
    </message>
    <message>
      <source>No checked image has labels for this.</source>
      <translation>Không có ảnh đã kiểm nào có nhãn cho việc này.</translation>
    </message>
    <message>
      <source>No classes</source>
      <translation>Không có lớp nào</translation>
    </message>
    <message>
      <source>No command is called that.</source>
      <translation>Không có lệnh nào tên như vậy.</translation>
    </message>
    <message>
      <source>No epoch was whole yet. Going on begins anew with the same images.</source>
      <translation>Chưa có epoch nào trọn vẹn. Tiếp tục sẽ bắt đầu lại với cùng các ảnh.</translation>
    </message>
    <message>
      <source>No image has a class. Give them with Labels &gt; Classify Images.</source>
      <translation>Không ảnh nào có lớp. Hãy gán bằng Nhãn &gt; Phân loại ảnh.</translation>
    </message>
    <message>
      <source>No image has labels for this.</source>
      <translation>Không có ảnh nào có nhãn cho việc này.</translation>
    </message>
    <message>
      <source>No image matches.</source>
      <translation>Không có ảnh nào khớp.</translation>
    </message>
    <message>
      <source>No image matches. Most were ruled out by {named}: {named2:,} of {total:,}</source>
      <translation>Không có ảnh nào khớp. Phần lớn bị loại bởi {named}: {named2:,} trong {total:,}</translation>
    </message>
    <message>
      <source>No image yet</source>
      <translation>Chưa có ảnh</translation>
    </message>
    <message>
      <source>No image.</source>
      <translation>Không có ảnh.</translation>
    </message>
    <message>
      <source>No label file of this folder has an object yet.</source>
      <translation>Chưa tệp nhãn nào của thư mục này có đối tượng.</translation>
    </message>
    <message>
      <source>No labels. A click marks the image as checked (Space).</source>
      <translation>Chưa có nhãn. Nhấp để đánh dấu ảnh là đã kiểm tra (Space).</translation>
    </message>
    <message>
      <source>No match before it was stopped.</source>
      <translation>Chưa có kết quả nào trước khi dừng.</translation>
    </message>
    <message>
      <source>No match yet.</source>
      <translation>Chưa có kết quả nào.</translation>
    </message>
    <message>
      <source>No model</source>
      <translation>Không có mô hình</translation>
    </message>
    <message>
      <source>No model is loaded.</source>
      <translation>Chưa nạp mô hình nào.</translation>
    </message>
    <message>
      <source>No model is loaded: choose one above, or find by labels.</source>
      <translation>Chưa nạp mô hình: hãy chọn ở trên, hoặc tìm theo nhãn.</translation>
    </message>
    <message>
      <source>No model: choose one</source>
      <translation>Chưa có mô hình: hãy chọn</translation>
    </message>
    <message>
      <source>No object has key points. They are points in one group with a box, each with its name as label.</source>
      <translation>Không đối tượng nào có điểm mốc. Đó là các điểm cùng nhóm với một khung, mỗi điểm lấy tên làm nhãn.</translation>
    </message>
    <message>
      <source>No object of this folder is in a group.</source>
      <translation>Không có đối tượng nào của thư mục này thuộc một nhóm.</translation>
    </message>
    <message>
      <source>No objects.</source>
      <translation>Không có đối tượng.</translation>
    </message>
    <message>
      <source>No other image in the list is labelled.</source>
      <translation>Không có ảnh nào khác trong danh sách được gán nhãn.</translation>
    </message>
    <message>
      <source>No picture is open, so there is no sub-folder to look in.</source>
      <translation>Chưa mở ảnh nào, nên không có thư mục con để tìm.</translation>
    </message>
    <message>
      <source>No picture to show</source>
      <translation>Không có ảnh để hiện</translation>
    </message>
    <message>
      <source>No plug-ins are installed. They are Python packages; the user guide says how to get and write them.</source>
      <translation>Chưa cài tiện ích nào. Chúng là các gói Python; hướng dẫn sử dụng cho biết cách lấy và viết chúng.</translation>
    </message>
    <message>
      <source>No setting is called that.</source>
      <translation>Không có cài đặt nào như vậy.</translation>
    </message>
    <message>
      <source>None</source>
      <translation>Bỏ hết</translation>
    </message>
    <message>
      <source>None of the images has an object with key points.</source>
      <translation>Không ảnh nào có đối tượng với điểm mốc.</translation>
    </message>
    <message>
      <source>None of the images in {name} exists.</source>
      <translation>Không ảnh nào trong {name} tồn tại.</translation>
    </message>
    <message>
      <source>None of the images of the part {part} can be read.</source>
      <translation>Không đọc được ảnh nào của phần {part}.</translation>
    </message>
    <message>
      <source>None of these may be there</source>
      <translation>Không được có lớp nào trong số này</translation>
    </message>
    <message>
      <source>None of what was found last is selected.</source>
      <translation>Chưa chọn đối tượng nào trong số vừa tìm thấy.</translation>
    </message>
    <message>
      <source>None, unless the server asks for one</source>
      <translation>Không có, trừ khi máy chủ yêu cầu</translation>
    </message>
    <message>
      <source>Not &amp;checked</source>
      <translation>Chưa kiểm t&amp;ra</translation>
    </message>
    <message>
      <source>Not loaded: it is not trusted</source>
      <translation>Chưa nạp: mô hình chưa được tin cậy</translation>
    </message>
    <message>
      <source>Nothing has been trained yet.</source>
      <translation>Chưa huấn luyện gì.</translation>
    </message>
    <message>
      <source>Nothing is being trained.</source>
      <translation>Không có gì đang được huấn luyện.</translation>
    </message>
    <message>
      <source>Nothing is labelled with a box or an outline.</source>
      <translation>Chưa có gì được gán nhãn bằng khung hay đường viền.</translation>
    </message>
    <message>
      <source>Nothing is labelled yet. Draw an object, or let a model label the images.</source>
      <translation>Chưa có gì được gán nhãn. Hãy vẽ một đối tượng, hoặc để mô hình gán nhãn các ảnh.</translation>
    </message>
    <message>
      <source>Nothing more was found that is like it.</source>
      <translation>Không tìm thấy thêm gì giống nó.</translation>
    </message>
    <message>
      <source>Nothing of its answer was used.</source>
      <translation>Không dùng gì từ câu trả lời đó.</translation>
    </message>
    <message>
      <source>Nothing that is installed here can run {name}.</source>
      <translation>Không có gì đã cài ở đây chạy được {name}.</translation>
    </message>
    <message>
      <source>Nothing was found that is not labelled already.</source>
      <translation>Không tìm thấy gì ngoài những đối tượng đã gán nhãn.</translation>
    </message>
    <message>
      <source>Nothing was found.</source>
      <translation>Không tìm thấy gì.</translation>
    </message>
    <message>
      <source>Nothing was pasted.</source>
      <translation>Không có gì được dán.</translation>
    </message>
    <message>
      <source>Now kept {where}: {answers} of the image filter, {size}; {rate} since the start.</source>
      <translation>Hiện giữ {where}: {answers} của bộ lọc ảnh, {size}; {rate} từ lúc khởi động.</translation>
    </message>
    <message>
      <source>Number of objects</source>
      <translation>Số đối tượng</translation>
    </message>
    <message>
      <source>Number of the image</source>
      <translation>Số thứ tự của ảnh</translation>
    </message>
    <message>
      <source>Number that the division begins with</source>
      <translation>Số bắt đầu của phép chia</translation>
    </message>
    <message>
      <source>O&amp;riginal Size</source>
      <translation>&amp;Kích thước gốc</translation>
    </message>
    <message>
      <source>ONNX Runtime could not start CUDA.</source>
      <translation>ONNX Runtime không khởi động được CUDA.</translation>
    </message>
    <message>
      <source>ONNX Runtime is not installed or cannot be loaded.</source>
      <translation>ONNX Runtime chưa được cài hoặc không nạp được.</translation>
    </message>
    <message>
      <source>ONNX Runtime refuses the model {name}.</source>
      <translation>ONNX Runtime từ chối mô hình {name}.</translation>
    </message>
    <message>
      <source>Object size</source>
      <translation>Cỡ đối tượng</translation>
    </message>
    <message>
      <source>Objects</source>
      <translation>Đối tượng</translation>
    </message>
    <message>
      <source>Objects in an image</source>
      <translation>Đối tượng trong một ảnh</translation>
    </message>
    <message>
      <source>Objects of each label</source>
      <translation>Đối tượng của từng nhãn</translation>
    </message>
    <message>
      <source>Objects of one of these</source>
      <translation>Có đối tượng thuộc một trong các lớp này</translation>
    </message>
    <message>
      <source>Objects per picture</source>
      <translation>Đối tượng mỗi ảnh</translation>
    </message>
    <message>
      <source>Objects that are there already</source>
      <translation>Đối tượng đã có sẵn</translation>
    </message>
    <message>
      <source>Objects with this label are never saved. Choose another one.</source>
      <translation>Đối tượng có nhãn này không bao giờ được lưu. Hãy chọn nhãn khác.</translation>
    </message>
    <message>
      <source>Off because of an error, until the program is started again</source>
      <translation>Tắt vì lỗi, cho đến khi khởi động lại chương trình</translation>
    </message>
    <message>
      <source>On the picture, {shown} does this no longer: {use}.</source>
      <translation>Trên ảnh, {shown} sẽ không còn làm việc này: {use}.</translation>
    </message>
    <message>
      <source>Onl&amp;y labels</source>
      <translation>Chỉ các n&amp;hãn</translation>
    </message>
    <message>
      <source>Only chec&amp;ked images</source>
      <translation>Chỉ ảnh đã kiểm t&amp;ra</translation>
    </message>
    <message>
      <source>Only images with la&amp;bels</source>
      <translation>Chỉ ảnh đã &amp;gán nhãn</translation>
    </message>
    <message>
      <source>Only some classes</source>
      <translation>Chỉ một số lớp</translation>
    </message>
    <message>
      <source>Only what you see changes. Models see the picture as it is in its file.</source>
      <translation>Chỉ những gì bạn nhìn thấy thay đổi. Mô hình vẫn thấy ảnh như trong tệp.</translation>
    </message>
    <message>
      <source>Open &amp;Folder…</source>
      <translation>Mở t&amp;hư mục…</translation>
    </message>
    <message>
      <source>Open &amp;Recent</source>
      <translation>Mở gần đâ&amp;y</translation>
    </message>
    <message>
      <source>Open F&amp;ile…</source>
      <translation>&amp;Mở tệp…</translation>
    </message>
    <message>
      <source>Open a folder at the image that was shown last there</source>
      <translation>Mở thư mục tại ảnh xem lần cuối</translation>
    </message>
    <message>
      <source>Open a folder of images</source>
      <translation>Mở thư mục ảnh</translation>
    </message>
    <message>
      <source>Open a folder of images first.</source>
      <translation>Hãy mở một thư mục ảnh trước.</translation>
    </message>
    <message>
      <source>Open a folder to see what is in it.</source>
      <translation>Hãy mở một thư mục để xem có gì trong đó.</translation>
    </message>
    <message>
      <source>Open a folder with images first.</source>
      <translation>Hãy mở một thư mục có ảnh trước.</translation>
    </message>
    <message>
      <source>Open a folder with some images of the kind that the model will see.</source>
      <translation>Hãy mở một thư mục có vài ảnh thuộc loại mà mô hình sẽ gặp.</translation>
    </message>
    <message>
      <source>Open a folder, or drop one here</source>
      <translation>Mở một thư mục, hoặc thả vào đây</translation>
    </message>
    <message>
      <source>Open a folder, or drop one here.</source>
      <translation>Hãy mở một thư mục, hoặc thả vào đây.</translation>
    </message>
    <message>
      <source>Open an image or a label file</source>
      <translation>Mở một ảnh hoặc một tệp nhãn</translation>
    </message>
    <message>
      <source>Open an image to see what is on it.</source>
      <translation>Hãy mở một ảnh để xem có gì trên đó.</translation>
    </message>
    <message>
      <source>Open it again.</source>
      <translation>Hãy mở lại.</translation>
    </message>
    <message>
      <source>Open the folder that was open last when none is named</source>
      <translation>Mở thư mục dùng lần cuối khi không chỉ định thư mục nào</translation>
    </message>
    <message>
      <source>OpenCV cannot read the model {name}.</source>
      <translation>OpenCV không đọc được mô hình {name}.</translation>
    </message>
    <message>
      <source>OpenVINO cannot be loaded.</source>
      <translation>Không nạp được OpenVINO.</translation>
    </message>
    <message>
      <source>OpenVINO refuses the model {name}.</source>
      <translation>OpenVINO từ chối mô hình {name}.</translation>
    </message>
    <message>
      <source>Order of the list</source>
      <translation>Thứ tự danh sách</translation>
    </message>
    <message>
      <source>Order of the matches</source>
      <translation>Thứ tự kết quả</translation>
    </message>
    <message>
      <source>Outline Everything</source>
      <translation>Khoanh vùng mọi thứ</translation>
    </message>
    <message>
      <source>Outline all objects on this image that have no shape yet</source>
      <translation>Khoanh vùng mọi đối tượng trên ảnh này chưa có hình</translation>
    </message>
    <message>
      <source>Outline all objects on this image with Segment Anything</source>
      <translation>Khoanh vùng mọi đối tượng trên ảnh này bằng Segment Anything</translation>
    </message>
    <message>
      <source>Outline everything ({count})</source>
      <translation>Khoanh vùng mọi thứ ({count})</translation>
    </message>
    <message>
      <source>Outline loss</source>
      <translation>Mất mát đường viền</translation>
    </message>
    <message>
      <source>Outline with AI: click an object or drag a box</source>
      <translation>Khoanh bằng AI: nhấp vào đối tượng hoặc kéo một hộp</translation>
    </message>
    <message>
      <source>Outlines</source>
      <translation>Đường viền</translation>
    </message>
    <message>
      <source>Outlining</source>
      <translation>Đang khoanh vùng</translation>
    </message>
    <message>
      <source>Outlining everything takes a Segment Anything model.</source>
      <translation>Cần một mô hình Segment Anything để khoanh vùng mọi thứ.</translation>
    </message>
    <message>
      <source>Overlap</source>
      <translation>Chồng lấp</translation>
    </message>
    <message>
      <source>Overlap of tiles</source>
      <translation>Độ chồng của các ô</translation>
    </message>
    <message>
      <source>PaddleOCR lines</source>
      <translation>Dòng PaddleOCR</translation>
    </message>
    <message>
      <source>PaddleOCR regions</source>
      <translation>Vùng PaddleOCR</translation>
    </message>
    <message>
      <source>Pages</source>
      <translation>Các trang</translation>
    </message>
    <message>
      <source>Paint</source>
      <translation>Tô</translation>
    </message>
    <message>
      <source>Paint and C&amp;ut</source>
      <translation>&amp;Tô và cắt</translation>
    </message>
    <message>
      <source>Pane&amp;ls</source>
      <translation>&amp;Bảng bên</translation>
    </message>
    <message>
      <source>Part of a name; &lt;pattern&gt;; #12 for the image of this number; conditions such as label::car shape::&gt;2 !checked::1</source>
      <translation>Một phần tên; &lt;mẫu&gt;; #12 cho ảnh có số đó; các điều kiện như label::car shape::&gt;2 !checked::1</translation>
    </message>
    <message>
      <source>Pascal VOC</source>
      <translation>Pascal VOC</translation>
    </message>
    <message>
      <source>Pascal VOC numbers {most} labels at most.</source>
      <translation>Pascal VOC chỉ đánh số nhiều nhất {most} nhãn.</translation>
    </message>
    <message>
      <source>Pascal VOC segmentation</source>
      <translation>Phân vùng Pascal VOC</translation>
    </message>
    <message>
      <source>Paste</source>
      <translation>Dán</translation>
    </message>
    <message>
      <source>Performance Settings</source>
      <translation>Cài đặt hiệu năng</translation>
    </message>
    <message>
      <source>Photos stored &amp;turned</source>
      <translation>Ảnh lưu &amp;xoay</translation>
    </message>
    <message>
      <source>Photos that are stored turned</source>
      <translation>Ảnh được lưu ở tư thế xoay</translation>
    </message>
    <message>
      <source>Pictures</source>
      <translation>Ảnh</translation>
    </message>
    <message>
      <source>Pictures in its sub-folders are listed too.</source>
      <translation>Ảnh trong các thư mục con cũng được liệt kê.</translation>
    </message>
    <message>
      <source>Pictures that it is run on are sent to {address}.</source>
      <translation>Ảnh mà nó chạy trên đó được gửi tới {address}.</translation>
    </message>
    <message>
      <source>Pictures with labels drawn on</source>
      <translation>Ảnh có vẽ nhãn</translation>
    </message>
    <message>
      <source>Plu&amp;g-ins</source>
      <translation>Tiệ&amp;n ích</translation>
    </message>
    <message>
      <source>Plug-ins</source>
      <translation>Tiện ích</translation>
    </message>
    <message>
      <source>Po&amp;int</source>
      <translation>Đ&amp;iểm</translation>
    </message>
    <message>
      <source>Poi&amp;nts</source>
      <translation>Các điể&amp;m</translation>
    </message>
    <message>
      <source>Poi&amp;nts of One Object</source>
      <translation>&amp;Loạt điểm của một đối tượng</translation>
    </message>
    <message>
      <source>Point loss</source>
      <translation>Mất mát điểm</translation>
    </message>
    <message>
      <source>Point under the cursor; by default the accent</source>
      <translation>Điểm dưới con trỏ; mặc định là màu nhấn</translation>
    </message>
    <message>
      <source>Points</source>
      <translation>Điểm</translation>
    </message>
    <message>
      <source>Points of a shape; by default white</source>
      <translation>Các điểm của hình; mặc định là trắng</translation>
    </message>
    <message>
      <source>Polygon</source>
      <translation>Đa giác</translation>
    </message>
    <message>
      <source>Polygon along edges: click points around the object</source>
      <translation>Đa giác theo cạnh: nhấp các điểm quanh đối tượng</translation>
    </message>
    <message>
      <source>Positions of the middles, in pixels</source>
      <translation>Vị trí các tâm, tính bằng pixel</translation>
    </message>
    <message>
      <source>Positions of the objects</source>
      <translation>Vị trí của đối tượng</translation>
    </message>
    <message>
      <source>Pre&amp;vious Unlabelled Image</source>
      <translation>Ảnh &amp;chưa gán nhãn trước đó</translation>
    </message>
    <message>
      <source>Pre-loaded images</source>
      <translation>Số ảnh nạp trước</translation>
    </message>
    <message>
      <source>Pre-loading</source>
      <translation>Nạp trước</translation>
    </message>
    <message>
      <source>Precision</source>
      <translation>Độ chuẩn</translation>
    </message>
    <message>
      <source>Preparing</source>
      <translation>Đang chuẩn bị</translation>
    </message>
    <message>
      <source>Press the new keys</source>
      <translation>Nhấn phím mới</translation>
    </message>
    <message>
      <source>Previous Image, Keeping &amp;Shapes</source>
      <translation>Ảnh trước, giữ &amp;lại hình</translation>
    </message>
    <message>
      <source>Previous La&amp;belled Image</source>
      <translation>Ảnh đã gán nhãn t&amp;rước đó</translation>
    </message>
    <message>
      <source>Progress</source>
      <translation>Tiến độ</translation>
    </message>
    <message>
      <source>Protect against changes, or allow them</source>
      <translation>Bảo vệ khỏi thay đổi, hoặc cho phép</translation>
    </message>
    <message>
      <source>Put a copy of the image into its label file</source>
      <translation>Lưu một bản sao của ảnh vào tệp nhãn</translation>
    </message>
    <message>
      <source>Put both files into {folder}.</source>
      <translation>Hãy đặt cả hai tệp vào {folder}.</translation>
    </message>
    <message>
      <source>Put it beside the others, named such as sam3_language_encoder.onnx.</source>
      <translation>Đặt nó cạnh các tệp khác, với tên như sam3_language_encoder.onnx.</translation>
    </message>
    <message>
      <source>Put it into {parent}.</source>
      <translation>Hãy đặt nó vào {parent}.</translation>
    </message>
    <message>
      <source>Put its picture into {folder} and open that.</source>
      <translation>Hãy đặt ảnh của nó vào {folder} rồi mở ảnh đó.</translation>
    </message>
    <message>
      <source>Put the {other} beside it, named {value}.</source>
      <translation>Hãy đặt {other} bên cạnh nó, với tên {value}.</translation>
    </message>
    <message>
      <source>Put {name} beside the model, or install a package that brings it: {command}</source>
      <translation>Đặt {name} cạnh mô hình, hoặc cài một gói có kèm nó: {command}</translation>
    </message>
    <message>
      <source>Put {name} of BERT (bert-base-uncased) beside the model.</source>
      <translation>Hãy đặt {name} của BERT (bert-base-uncased) cạnh mô hình.</translation>
    </message>
    <message>
      <source>R&amp;otated Rectangle</source>
      <translation>Hình chữ nhật &amp;xoay</translation>
    </message>
    <message>
      <source>Read Folder A&amp;gain</source>
      <translation>Đọ&amp;c lại thư mục</translation>
    </message>
    <message>
      <source>Read the pictures that are not known, and look whether the model has seen them in another place</source>
      <translation>Đọc các ảnh chưa biết và xem mô hình đã thấy chúng ở nơi khác chưa</translation>
    </message>
    <message>
      <source>Reading label files</source>
      <translation>Đang đọc tệp nhãn</translation>
    </message>
    <message>
      <source>Reading the label files…</source>
      <translation>Đang đọc các tệp nhãn…</translation>
    </message>
    <message>
      <source>Ready</source>
      <translation>Sẵn sàng</translation>
    </message>
    <message>
      <source>Ready for the AI tool: what its model makes of the picture is kept.</source>
      <translation>Sẵn sàng cho công cụ AI: kết quả mã hóa ảnh của mô hình đã được lưu.</translation>
    </message>
    <message>
      <source>Recall</source>
      <translation>Độ phủ</translation>
    </message>
    <message>
      <source>Recognise it</source>
      <translation>Tự nhận ra</translation>
    </message>
    <message>
      <source>Recognise moved pictures</source>
      <translation>Nhận ra ảnh đã chuyển chỗ</translation>
    </message>
    <message>
      <source>Rectangle</source>
      <translation>Hình chữ nhật</translation>
    </message>
    <message>
      <source>Remark</source>
      <translation>Ghi chú</translation>
    </message>
    <message>
      <source>Remember what the image filter found</source>
      <translation>Ghi nhớ những gì bộ lọc ảnh đã tìm thấy</translation>
    </message>
    <message>
      <source>Remove a vertex</source>
      <translation>Bỏ một đỉnh</translation>
    </message>
    <message>
      <source>Remove tag {tag}</source>
      <translation>Bỏ thẻ {tag}</translation>
    </message>
    <message>
      <source>Remove vertex</source>
      <translation>Bỏ đỉnh</translation>
    </message>
    <message>
      <source>Rename Label</source>
      <translation>Đổi tên nhãn</translation>
    </message>
    <message>
      <source>Rename {moving} to {name}</source>
      <translation>Đổi tên {moving} thành {name}</translation>
    </message>
    <message>
      <source>Rename…</source>
      <translation>Đổi tên…</translation>
    </message>
    <message>
      <source>Replace</source>
      <translation>Thay thế</translation>
    </message>
    <message>
      <source>Replace It</source>
      <translation>Thay thế</translation>
    </message>
    <message>
      <source>Replace existing objects</source>
      <translation>Thay đối tượng đã có</translation>
    </message>
    <message>
      <source>Replace it with your version, or use the version on disk.</source>
      <translation>Thay bằng phiên bản của bạn, hoặc dùng phiên bản trên đĩa.</translation>
    </message>
    <message>
      <source>Replace shapes</source>
      <translation>Thay hình</translation>
    </message>
    <message>
      <source>Replace the File</source>
      <translation>Thay thế tệp</translation>
    </message>
    <message>
      <source>Replace the objects of {count:,} images?</source>
      <translation>Thay thế đối tượng của {count:,} ảnh?</translation>
    </message>
    <message>
      <source>Replace their labels; the old files are kept aside</source>
      <translation>Thay nhãn; tệp cũ được giữ lại</translation>
    </message>
    <message>
      <source>Replace what is there by what was kept, or give that up.</source>
      <translation>Thay những gì đang có bằng bản đã giữ, hoặc bỏ bản đó.</translation>
    </message>
    <message>
      <source>Replacing it keeps the broken file aside.</source>
      <translation>Khi thay thế, tệp hỏng được giữ lại bên cạnh.</translation>
    </message>
    <message>
      <source>Report</source>
      <translation>Báo cáo</translation>
    </message>
    <message>
      <source>Report it; another model may do meanwhile.</source>
      <translation>Hãy báo lỗi; trong lúc đó có thể dùng mô hình khác.</translation>
    </message>
    <message>
      <source>Reset</source>
      <translation>Đặt lại</translation>
    </message>
    <message>
      <source>Reset Page to Defaults</source>
      <translation>Đặt lại trang về mặc định</translation>
    </message>
    <message>
      <source>Reset to Defaults</source>
      <translation>Đặt lại mặc định</translation>
    </message>
    <message>
      <source>Reset to the default: {text}</source>
      <translation>Đặt lại về mặc định: {text}</translation>
    </message>
    <message>
      <source>Reset {value}</source>
      <translation>Đặt lại {value}</translation>
    </message>
    <message>
      <source>Resize {kind}</source>
      <translation>Đổi kích thước {kind}</translation>
    </message>
    <message>
      <source>Resize {label}</source>
      <translation>Đổi kích thước {label}</translation>
    </message>
    <message>
      <source>Restore</source>
      <translation>Khôi phục</translation>
    </message>
    <message>
      <source>Restore the labels all the same, or give them up.</source>
      <translation>Vẫn khôi phục các nhãn, hoặc bỏ chúng.</translation>
    </message>
    <message>
      <source>Result caching</source>
      <translation>Ghi nhớ kết quả</translation>
    </message>
    <message>
      <source>Results are written to .json, .txt or .csv files.</source>
      <translation>Kết quả được ghi vào tệp .json, .txt hoặc .csv.</translation>
    </message>
    <message>
      <source>Results of MMDetection</source>
      <translation>Kết quả của MMDetection</translation>
    </message>
    <message>
      <source>Ri&amp;ght by 15°</source>
      <translation>S&amp;ang phải 15°</translation>
    </message>
    <message>
      <source>Rot&amp;ate</source>
      <translation>Xoa&amp;y</translation>
    </message>
    <message>
      <source>Rotate</source>
      <translation>Xoay</translation>
    </message>
    <message>
      <source>Rotate rectangle</source>
      <translation>Xoay hình chữ nhật</translation>
    </message>
    <message>
      <source>Rotated boxes</source>
      <translation>Khung xoay</translation>
    </message>
    <message>
      <source>Rotated rectangle</source>
      <translation>Hình chữ nhật xoay</translation>
    </message>
    <message>
      <source>Run</source>
      <translation>Chạy</translation>
    </message>
    <message>
      <source>Run  {keys}</source>
      <translation>Chạy  {keys}</translation>
    </message>
    <message>
      <source>Run and Run on All find it on other images, until other names are typed.</source>
      <translation>Chạy và Chạy trên tất cả sẽ tìm nó trên các ảnh khác, cho đến khi nhập tên khác.</translation>
    </message>
    <message>
      <source>Run by {backend}</source>
      <translation>Chạy bằng {backend}</translation>
    </message>
    <message>
      <source>Run it again.</source>
      <translation>Hãy chạy lại.</translation>
    </message>
    <message>
      <source>Run on All…</source>
      <translation>Chạy tất cả…</translation>
    </message>
    <message>
      <source>Run the model on this image</source>
      <translation>Chạy mô hình trên ảnh này</translation>
    </message>
    <message>
      <source>Running</source>
      <translation>Đang chạy</translation>
    </message>
    <message>
      <source>Runs</source>
      <translation>Chạy</translation>
    </message>
    <message>
      <source>Runs on</source>
      <translation>Chạy trên</translation>
    </message>
    <message>
      <source>S&amp;ettings…</source>
      <translation>&amp;Cài đặt…</translation>
    </message>
    <message>
      <source>S&amp;how</source>
      <translation>&amp;Hiện</translation>
    </message>
    <message>
      <source>Save</source>
      <translation>Lưu</translation>
    </message>
    <message>
      <source>Save &amp;As…</source>
      <translation>Lư&amp;u thành…</translation>
    </message>
    <message>
      <source>Save Elsewhere…</source>
      <translation>Lưu vào nơi khác…</translation>
    </message>
    <message>
      <source>Save labels whenever they change</source>
      <translation>Lưu nhãn mỗi khi có thay đổi</translation>
    </message>
    <message>
      <source>Save the labels as</source>
      <translation>Lưu nhãn thành</translation>
    </message>
    <message>
      <source>Save them, or leave and give them up.</source>
      <translation>Hãy lưu lại, hoặc thoát và bỏ chúng.</translation>
    </message>
    <message>
      <source>Say in which folder the pictures are.</source>
      <translation>Hãy cho biết ảnh ở thư mục nào.</translation>
    </message>
    <message>
      <source>Say what it is in a config.yaml beside it: type, such as yolo11_pose or yolo11_obb, model_path and classes.</source>
      <translation>Hãy nói nó là gì trong một config.yaml bên cạnh: type, như yolo11_pose hay yolo11_obb, model_path và classes.</translation>
    </message>
    <message>
      <source>Say which it is in a config.yaml beside it: type, such as yolo_nas or damo_yolo, model_path and classes.</source>
      <translation>Hãy nói đó là loại nào trong tệp config.yaml bên cạnh: type, như yolo_nas hoặc damo_yolo, model_path và classes.</translation>
    </message>
    <message>
      <source>Score</source>
      <translation>Điểm số</translation>
    </message>
    <message>
      <source>Se&amp;veral classes for one image</source>
      <translation>&amp;Nhiều lớp cho một ảnh</translation>
    </message>
    <message>
      <source>Search</source>
      <translation>Tìm</translation>
    </message>
    <message>
      <source>Search classes</source>
      <translation>Tìm lớp</translation>
    </message>
    <message>
      <source>Search in the commands</source>
      <translation>Tìm trong các lệnh</translation>
    </message>
    <message>
      <source>Search in the file list</source>
      <translation>Tìm trong danh sách tệp</translation>
    </message>
    <message>
      <source>Search in the labels</source>
      <translation>Tìm trong các nhãn</translation>
    </message>
    <message>
      <source>Search in the models</source>
      <translation>Tìm trong các mô hình</translation>
    </message>
    <message>
      <source>Search in the settings</source>
      <translation>Tìm trong cài đặt</translation>
    </message>
    <message>
      <source>Search in the shortcuts</source>
      <translation>Tìm trong các phím tắt</translation>
    </message>
    <message>
      <source>Search text of the file list at the start</source>
      <translation>Chữ tìm kiếm của danh sách tệp khi khởi động</translation>
    </message>
    <message>
      <source>Searching label files</source>
      <translation>Đang tìm trong tệp nhãn</translation>
    </message>
    <message>
      <source>See anylabeling models list.</source>
      <translation>Xem anylabeling models list.</translation>
    </message>
    <message>
      <source>See docs/tensorrt_setup.md for the packages.</source>
      <translation>Xem các gói cần thiết trong docs/tensorrt_setup.md.</translation>
    </message>
    <message>
      <source>Seed</source>
      <translation>Hạt giống</translation>
    </message>
    <message>
      <source>Select &amp;All</source>
      <translation>C&amp;họn tất cả</translation>
    </message>
    <message>
      <source>Select &amp;Next</source>
      <translation>Chọn hình &amp;tiếp theo</translation>
    </message>
    <message>
      <source>Select &amp;Previous</source>
      <translation>Chọn hình t&amp;rước đó</translation>
    </message>
    <message>
      <source>Select Same &amp;Label</source>
      <translation>Chọn cùng &amp;nhãn</translation>
    </message>
    <message>
      <source>Select Whole &amp;Group</source>
      <translation>Chọn cả nhó&amp;m</translation>
    </message>
    <message>
      <source>Select an object, or mark one with the AI tool, to find all that are like it.</source>
      <translation>Hãy chọn một đối tượng, hoặc đánh dấu bằng công cụ AI, để tìm tất cả những đối tượng giống nó.</translation>
    </message>
    <message>
      <source>Select one object to give it a text.</source>
      <translation>Chọn một đối tượng để nhập văn bản.</translation>
    </message>
    <message>
      <source>Select several different objects of the kind, and more of them are found.</source>
      <translation>Hãy chọn vài đối tượng khác nhau cùng loại để tìm được nhiều hơn.</translation>
    </message>
    <message>
      <source>Select several shapes</source>
      <translation>Chọn nhiều hình</translation>
    </message>
    <message>
      <source>Select shapes that enclose one.</source>
      <translation>Hãy chọn các hình khép kín.</translation>
    </message>
    <message>
      <source>Select two objects to link them.</source>
      <translation>Chọn hai đối tượng để liên kết.</translation>
    </message>
    <message>
      <source>Select two shapes or more.</source>
      <translation>Chọn từ hai hình trở lên.</translation>
    </message>
    <message>
      <source>Semantic masks</source>
      <translation>Mặt nạ ngữ nghĩa</translation>
    </message>
    <message>
      <source>Send {} backward</source>
      <translation>Đưa {} xuống một lớp</translation>
    </message>
    <message>
      <source>Send {} to back</source>
      <translation>Đưa {} xuống dưới cùng</translation>
    </message>
    <message>
      <source>Set all conditions back</source>
      <translation>Đưa mọi điều kiện về ban đầu</translation>
    </message>
    <message>
      <source>Set flag {flag}</source>
      <translation>Bật cờ {flag}</translation>
    </message>
    <message>
      <source>Settings</source>
      <translation>Cài đặt</translation>
    </message>
    <message>
      <source>Share of the images to check with</source>
      <translation>Tỷ lệ ảnh để kiểm tra</translation>
    </message>
    <message>
      <source>Shift keeps lines at multiples of this angle while drawing</source>
      <translation>Khi vẽ, Shift giữ đường ở bội số của góc này</translation>
    </message>
    <message>
      <source>Show</source>
      <translation>Hiện</translation>
    </message>
    <message>
      <source>Show &amp;All Objects</source>
      <translation>Hiện mọi đối &amp;tượng</translation>
    </message>
    <message>
      <source>Show &amp;Folder</source>
      <translation>Hiện thư mụ&amp;c</translation>
    </message>
    <message>
      <source>Show Models</source>
      <translation>Hiện mô hình</translation>
    </message>
    <message>
      <source>Show a crosshair while drawing</source>
      <translation>Hiện đường ngắm khi vẽ</translation>
    </message>
    <message>
      <source>Show a frame around groups of shapes</source>
      <translation>Hiện khung quanh các nhóm hình</translation>
    </message>
    <message>
      <source>Show all images again</source>
      <translation>Hiện lại mọi ảnh</translation>
    </message>
    <message>
      <source>Show all images in the file list again</source>
      <translation>Hiện lại mọi ảnh trong danh sách tệp</translation>
    </message>
    <message>
      <source>Show attributes and flags at each shape</source>
      <translation>Hiện thuộc tính và cờ tại mỗi hình</translation>
    </message>
    <message>
      <source>Show links between shapes as arrows</source>
      <translation>Hiện liên kết giữa các hình bằng mũi tên</translation>
    </message>
    <message>
      <source>Show on &amp;Objects</source>
      <translation>Hiện t&amp;rên đối tượng</translation>
    </message>
    <message>
      <source>Show or hide</source>
      <translation>Hiện hoặc ẩn</translation>
    </message>
    <message>
      <source>Show or hide its objects</source>
      <translation>Hiện hoặc ẩn các đối tượng của nó</translation>
    </message>
    <message>
      <source>Show the angle at rotated rectangles</source>
      <translation>Hiện góc tại các hình chữ nhật xoay</translation>
    </message>
    <message>
      <source>Show the images of an exported list as the file list</source>
      <translation>Hiện các ảnh của một danh sách đã xuất làm danh sách tệp</translation>
    </message>
    <message>
      <source>Show the label at each shape</source>
      <translation>Hiện nhãn tại mỗi hình</translation>
    </message>
    <message>
      <source>Show the score at each shape</source>
      <translation>Hiện điểm tại mỗi hình</translation>
    </message>
    <message>
      <source>Show the text of each shape</source>
      <translation>Hiện văn bản của mỗi hình</translation>
    </message>
    <message>
      <source>Show the whole picture in a corner while it is cut off</source>
      <translation>Hiện toàn bộ ảnh ở một góc khi ảnh bị cắt</translation>
    </message>
    <message>
      <source>Show {what}</source>
      <translation>Hiện {what}</translation>
    </message>
    <message>
      <source>Shown</source>
      <translation>Hiển thị</translation>
    </message>
    <message>
      <source>Side of a tile</source>
      <translation>Cạnh của ô</translation>
    </message>
    <message>
      <source>Side of a tile in pixels of the image; automatic takes what the model sees at once</source>
      <translation>Cạnh của ô tính bằng pixel của ảnh; tự động lấy kích thước mà mô hình thấy trong một lần</translation>
    </message>
    <message>
      <source>Simpli&amp;fy</source>
      <translation>Đơn &amp;giản hóa</translation>
    </message>
    <message>
      <source>Simplify</source>
      <translation>Đơn giản hóa</translation>
    </message>
    <message>
      <source>Simplify them, or mend where they cross themselves.</source>
      <translation>Hãy đơn giản hóa chúng, hoặc sửa chỗ chúng tự cắt nhau.</translation>
    </message>
    <message>
      <source>Size</source>
      <translation>Cỡ</translation>
    </message>
    <message>
      <source>Size of a point</source>
      <translation>Cỡ của điểm</translation>
    </message>
    <message>
      <source>Sizes of the objects</source>
      <translation>Cỡ của đối tượng</translation>
    </message>
    <message>
      <source>Sizes: root of width × height, in pixels</source>
      <translation>Cỡ: căn bậc hai của rộng × cao, tính bằng pixel</translation>
    </message>
    <message>
      <source>Skip</source>
      <translation>Bỏ qua</translation>
    </message>
    <message>
      <source>Skip images with objects</source>
      <translation>Bỏ qua ảnh có đối tượng</translation>
    </message>
    <message>
      <source>Snap to points, edges and axes while drawing and dragging; Alt inverts it</source>
      <translation>Bắt dính vào điểm, cạnh và trục khi vẽ và kéo; Alt đảo lại</translation>
    </message>
    <message>
      <source>Something went wrong that should not have.</source>
      <translation>Đã xảy ra một lỗi ngoài dự kiến.</translation>
    </message>
    <message>
      <source>Sor&amp;t by</source>
      <translation>Sắp th&amp;eo</translation>
    </message>
    <message>
      <source>Sort by &amp;label</source>
      <translation>Sắp theo &amp;nhãn</translation>
    </message>
    <message>
      <source>Sort by &amp;score</source>
      <translation>Sắp theo điểm &amp;số</translation>
    </message>
    <message>
      <source>Sort the labels by name</source>
      <translation>Sắp xếp nhãn theo tên</translation>
    </message>
    <message>
      <source>Space and drag, or the middle button</source>
      <translation>Phím cách và kéo, hoặc nút chuột giữa</translation>
    </message>
    <message>
      <source>Space or the arrow key</source>
      <translation>Space hoặc phím mũi tên</translation>
    </message>
    <message>
      <source>Split</source>
      <translation>Chia</translation>
    </message>
    <message>
      <source>Start</source>
      <translation>Khởi đầu</translation>
    </message>
    <message>
      <source>Start &amp;Training</source>
      <translation>Bắt đầu huấn &amp;luyện</translation>
    </message>
    <message>
      <source>Start an image without labels with the shapes of the one before</source>
      <translation>Ảnh chưa có nhãn bắt đầu với các hình của ảnh trước</translation>
    </message>
    <message>
      <source>Start weights</source>
      <translation>Trọng số ban đầu</translation>
    </message>
    <message>
      <source>Start {start} · image size {side} px · at once {batch} · ends after {patience} epochs without improvement</source>
      <translation>Khởi đầu {start} · kích thước ảnh {side} px · mỗi lượt {batch} · kết thúc sau {patience} epoch không cải thiện</translation>
    </message>
    <message>
      <source>Starting</source>
      <translation>Đang bắt đầu</translation>
    </message>
    <message>
      <source>State</source>
      <translation>Trạng thái</translation>
    </message>
    <message>
      <source>Statistics</source>
      <translation>Thống kê</translation>
    </message>
    <message>
      <source>Stop</source>
      <translation>Dừng</translation>
    </message>
    <message>
      <source>Stop It and Quit</source>
      <translation>Dừng và thoát</translation>
    </message>
    <message>
      <source>Stop the run and keep what was found</source>
      <translation>Dừng lượt chạy và giữ những gì đã tìm thấy</translation>
    </message>
    <message>
      <source>Stopped</source>
      <translation>Đã dừng</translation>
    </message>
    <message>
      <source>Subtract</source>
      <translation>Trừ</translation>
    </message>
    <message>
      <source>Switch plug-ins on and off</source>
      <translation>Bật và tắt các tiện ích</translation>
    </message>
    <message>
      <source>Switched off</source>
      <translation>Đã tắt</translation>
    </message>
    <message>
      <source>Table of classes (CSV)</source>
      <translation>Bảng lớp (CSV)</translation>
    </message>
    <message>
      <source>Tags</source>
      <translation>Thẻ</translation>
    </message>
    <message>
      <source>Tags, all of</source>
      <translation>Thẻ, tất cả</translation>
    </message>
    <message>
      <source>Tags, any of</source>
      <translation>Thẻ, một trong</translation>
    </message>
    <message>
      <source>Tags, none of</source>
      <translation>Thẻ, không có</translation>
    </message>
    <message>
      <source>Take Back</source>
      <translation>Rút lại</translation>
    </message>
    <message>
      <source>Take Over</source>
      <translation>Lấy phím này</translation>
    </message>
    <message>
      <source>Take class back</source>
      <translation>Rút lại lớp</translation>
    </message>
    <message>
      <source>Take them out of filter_classes. It has {names}.</source>
      <translation>Hãy bỏ chúng khỏi filter_classes. Mô hình có {names}.</translation>
    </message>
    <message>
      <source>Takes effect at the next start</source>
      <translation>Có hiệu lực từ lần khởi động sau</translation>
    </message>
    <message>
      <source>TensorRT</source>
      <translation>TensorRT</translation>
    </message>
    <message>
      <source>TensorRT cannot read the model.</source>
      <translation>TensorRT không đọc được mô hình.</translation>
    </message>
    <message>
      <source>TensorRT cannot run the engine that it built.</source>
      <translation>TensorRT không chạy được engine mà nó đã dựng.</translation>
    </message>
    <message>
      <source>TensorRT could not build an engine.</source>
      <translation>TensorRT không dựng được engine.</translation>
    </message>
    <message>
      <source>TensorRT for RTX does not run on the {name}.</source>
      <translation>TensorRT cho RTX không chạy trên {name}.</translation>
    </message>
    <message>
      <source>TensorRT is not installed or cannot be loaded.</source>
      <translation>TensorRT chưa được cài hoặc không nạp được.</translation>
    </message>
    <message>
      <source>TensorRT is switched off in the performance settings</source>
      <translation>TensorRT bị tắt trong cài đặt hiệu năng</translation>
    </message>
    <message>
      <source>Test</source>
      <translation>Kiểm tra</translation>
    </message>
    <message>
      <source>Text</source>
      <translation>Văn bản</translation>
    </message>
    <message>
      <source>Text cannot be read: {reason}.</source>
      <translation>Không đọc được văn bản: {reason}.</translation>
    </message>
    <message>
      <source>Text contains</source>
      <translation>Văn bản chứa</translation>
    </message>
    <message>
      <source>Text of the image</source>
      <translation>Văn bản của ảnh</translation>
    </message>
    <message>
      <source>Text of the object</source>
      <translation>Văn bản của đối tượng</translation>
    </message>
    <message>
      <source>Text of the whole image</source>
      <translation>Văn bản của cả ảnh</translation>
    </message>
    <message>
      <source>Text that the object shows</source>
      <translation>Chữ trên đối tượng</translation>
    </message>
    <message numerus="yes">
      <source>That %n images are checked has no place in the format.</source>
      <translation>
        <numerusform>Định dạng không có chỗ cho việc %n ảnh đã được kiểm tra.</numerusform>
      </translation>
    </message>
    <message numerus="yes">
      <source>That %n objects are difficult has no place in the format.</source>
      <translation>
        <numerusform>Định dạng không có chỗ cho việc %n đối tượng là khó.</numerusform>
      </translation>
    </message>
    <message>
      <source>That is its name already.</source>
      <translation>Đó đã là tên của nó.</translation>
    </message>
    <message>
      <source>The CUDA and cuDNN libraries must be of the versions that onnxruntime-gpu was built for.</source>
      <translation>Thư viện CUDA và cuDNN phải đúng phiên bản mà onnxruntime-gpu được dựng.</translation>
    </message>
    <message>
      <source>The GPU refused a call.</source>
      <translation>GPU từ chối một lệnh gọi.</translation>
    </message>
    <message>
      <source>The GPU's driver may be too old.</source>
      <translation>Trình điều khiển GPU có thể quá cũ.</translation>
    </message>
    <message numerus="yes">
      <source>The attributes of %n objects have no place in the format.</source>
      <translation>
        <numerusform>Định dạng không có chỗ cho thuộc tính của %n đối tượng.</numerusform>
      </translation>
    </message>
    <message numerus="yes">
      <source>The attributes of %n tags were left out.</source>
      <translation>
        <numerusform>Thuộc tính của %n thẻ bị bỏ qua.</numerusform>
      </translation>
    </message>
    <message>
      <source>The attributes of the folder could not be read.</source>
      <translation>Không đọc được các thuộc tính của thư mục.</translation>
    </message>
    <message>
      <source>The backend {name} failed while running, so the model goes on with {other}.</source>
      <translation>Backend {name} gặp lỗi khi đang chạy, nên mô hình tiếp tục với {other}.</translation>
    </message>
    <message>
      <source>The backend {name} is not used: {reason}. The model runs on {other}.</source>
      <translation>Không dùng backend {name}: {reason}. Mô hình chạy trên {other}.</translation>
    </message>
    <message>
      <source>The batch has to be from 1 to {most:,}, or 0 to find it.</source>
      <translation>Số ảnh mỗi lượt phải từ 1 đến {most:,}, hoặc 0 để tự tìm.</translation>
    </message>
    <message>
      <source>The box holds no part of the image.</source>
      <translation>Hộp không chứa phần nào của ảnh.</translation>
    </message>
    <message>
      <source>The broken {name} could not be kept aside, so it was not replaced: {reason}.</source>
      <translation>Không cất riêng được {name} bị hỏng nên đã không thay thế nó: {reason}.</translation>
    </message>
    <message>
      <source>The cache {where} cannot be used: {error}.</source>
      <translation>Không dùng được bộ đệm {where}: {error}.</translation>
    </message>
    <message>
      <source>The classes that the config of {name} lists cannot be read.</source>
      <translation>Không đọc được các lớp mà cấu hình của {name} liệt kê.</translation>
    </message>
    <message>
      <source>The conditions have changed: Apply Filter looks again.</source>
      <translation>Điều kiện đã đổi: Áp dụng bộ lọc sẽ tìm lại.</translation>
    </message>
    <message>
      <source>The conditions have to hold for detections and labels; sort by disagreement to find labelling mistakes</source>
      <translation>Điều kiện phải đúng cho cả phát hiện và nhãn; sắp theo bất đồng để tìm lỗi gán nhãn</translation>
    </message>
    <message>
      <source>The config of {name} wants only objects of classes that the model does not have: {strange}.</source>
      <translation>Cấu hình của {name} chỉ muốn các đối tượng thuộc những lớp mà mô hình không có: {strange}.</translation>
    </message>
    <message>
      <source>The configuration file is laid out in a way that cannot be changed safely.</source>
      <translation>Tệp cấu hình có bố cục không thể sửa một cách an toàn.</translation>
    </message>
    <message>
      <source>The content decides, not the file name.</source>
      <translation>Nội dung quyết định, không phải tên tệp.</translation>
    </message>
    <message>
      <source>The data set</source>
      <translation>Bộ dữ liệu</translation>
    </message>
    <message>
      <source>The decoder's outputs are not understood.</source>
      <translation>Không hiểu được đầu ra của bộ giải mã.</translation>
    </message>
    <message>
      <source>The defaults count instead; Details names each of them.</source>
      <translation>Các giá trị mặc định được dùng thay thế; Chi tiết nêu từng vấn đề.</translation>
    </message>
    <message>
      <source>The device has to be cpu, or the number of a GPU such as 0.</source>
      <translation>Thiết bị phải là cpu, hoặc số của một GPU, chẳng hạn 0.</translation>
    </message>
    <message>
      <source>The disk is full.</source>
      <translation>Đĩa đã đầy.</translation>
    </message>
    <message numerus="yes">
      <source>The disk is full: %n images were not done.</source>
      <translation>
        <numerusform>Đĩa đã đầy: %n ảnh chưa được xử lý.</numerusform>
      </translation>
    </message>
    <message>
      <source>The download failed.</source>
      <translation>Tải xuống bị lỗi.</translation>
    </message>
    <message>
      <source>The download of {name} broke off: {reason}.</source>
      <translation>Việc tải {name} bị gián đoạn: {reason}.</translation>
    </message>
    <message>
      <source>The driver may be too old for the CUDA packages.</source>
      <translation>Trình điều khiển có thể quá cũ so với các gói CUDA.</translation>
    </message>
    <message>
      <source>The encoder takes {picture}, which is no picture that this program can make.</source>
      <translation>Bộ mã hóa nhận {picture}, loại ảnh mà chương trình này không tạo được.</translation>
    </message>
    <message>
      <source>The engine of {file_name} does not take {shape}.</source>
      <translation>Engine của {file_name} không nhận {shape}.</translation>
    </message>
    <message>
      <source>The environment variable {variable} that {name} names is not set.</source>
      <translation>Biến môi trường {variable} mà {name} nêu chưa được đặt.</translation>
    </message>
    <message>
      <source>The export failed.</source>
      <translation>Xuất bị lỗi.</translation>
    </message>
    <message>
      <source>The file is left as it is.</source>
      <translation>Tệp được giữ nguyên.</translation>
    </message>
    <message>
      <source>The file list shows {images} from {name}.</source>
      <translation>Danh sách tệp hiện {images} từ {name}.</translation>
    </message>
    <message>
      <source>The filter failed: {error!r}</source>
      <translation>Bộ lọc bị lỗi: {error!r}</translation>
    </message>
    <message>
      <source>The filter's figures failed.</source>
      <translation>Không tính được số liệu của bộ lọc.</translation>
    </message>
    <message>
      <source>The first {most_thumbnails}. </source>
      <translation>{most_thumbnails} ảnh đầu tiên. </translation>
    </message>
    <message numerus="yes">
      <source>The flags of %n images have no place in the format.</source>
      <translation>
        <numerusform>Định dạng không có chỗ cho cờ của %n ảnh.</numerusform>
      </translation>
    </message>
    <message numerus="yes">
      <source>The flags of %n objects have no place in the format.</source>
      <translation>
        <numerusform>Định dạng không có chỗ cho cờ của %n đối tượng.</numerusform>
      </translation>
    </message>
    <message numerus="yes">
      <source>The flags of %n objects were written as attributes.</source>
      <translation>
        <numerusform>Cờ của %n đối tượng đã được ghi thành thuộc tính.</numerusform>
      </translation>
    </message>
    <message>
      <source>The folder could not be read.</source>
      <translation>Không đọc được thư mục.</translation>
    </message>
    <message>
      <source>The folder {folder} could not be made: {reason}.</source>
      <translation>Không tạo được thư mục {folder}: {reason}.</translation>
    </message>
    <message>
      <source>The folder {folder} does not exist.</source>
      <translation>Thư mục {folder} không tồn tại.</translation>
    </message>
    <message>
      <source>The folder {name} cannot be listed: {reason}.</source>
      <translation>Không liệt kê được thư mục {name}: {reason}.</translation>
    </message>
    <message>
      <source>The folder {name} does not exist.</source>
      <translation>Thư mục {name} không tồn tại.</translation>
    </message>
    <message>
      <source>The folder {name} is not empty.</source>
      <translation>Thư mục {name} không trống.</translation>
    </message>
    <message>
      <source>The folder {name} may not be read.</source>
      <translation>Không được phép đọc thư mục {name}.</translation>
    </message>
    <message>
      <source>The format of {name} is not recognised.</source>
      <translation>Không nhận ra định dạng của {name}.</translation>
    </message>
    <message numerus="yes">
      <source>The groups of %n objects have no place in the format.</source>
      <translation>
        <numerusform>Định dạng không có chỗ cho nhóm của %n đối tượng.</numerusform>
      </translation>
    </message>
    <message numerus="yes">
      <source>The groups of %n skeletons were left out: the points of each are one.</source>
      <translation>
        <numerusform>Nhóm của %n bộ xương bị bỏ qua: các điểm của mỗi bộ là một nhóm.</numerusform>
      </translation>
    </message>
    <message>
      <source>The image and its label file go to the system's bin.</source>
      <translation>Ảnh và tệp nhãn của nó được chuyển vào thùng rác của hệ thống.</translation>
    </message>
    <message>
      <source>The image is marked as {names}.</source>
      <translation>Ảnh được đánh dấu là {names}.</translation>
    </message>
    <message>
      <source>The image or its label file could not be read.</source>
      <translation>Không đọc được ảnh hoặc tệp nhãn của nó.</translation>
    </message>
    <message>
      <source>The image size has to be a multiple of 32 from {least} to {most}.</source>
      <translation>Kích thước ảnh phải là bội số của 32, từ {least} đến {most}.</translation>
    </message>
    <message>
      <source>The image was kept.</source>
      <translation>Ảnh được giữ lại.</translation>
    </message>
    <message>
      <source>The image with its shapes. Arrow keys move the selected shapes, Enter edits the label, Escape cancels. With a drawing tool, arrow keys aim and Enter sets a point, or begins and ends a drag; with the select tool they do so while Aim by Arrow Keys is on.</source>
      <translation>Ảnh cùng các hình của nó. Phím mũi tên di chuyển hình đã chọn, Enter sửa nhãn, Escape hủy. Với công cụ vẽ, phím mũi tên để ngắm và Enter đặt một điểm, hoặc bắt đầu và kết thúc thao tác kéo; với công cụ chọn cũng vậy khi bật Ngắm bằng phím mũi tên.</translation>
    </message>
    <message>
      <source>The images could not be put into {target}: {reason}.</source>
      <translation>Không đưa được ảnh vào {target}: {reason}.</translation>
    </message>
    <message>
      <source>The images to check with have none of: {named}. How well it is found is not measured.</source>
      <translation>Ảnh để kiểm tra không có: {named}. Chất lượng tìm thấy chúng sẽ không được đo.</translation>
    </message>
    <message>
      <source>The images to learn from have none of: {named}.</source>
      <translation>Ảnh để học không có: {named}.</translation>
    </message>
    <message>
      <source>The input {input_name} of the model is no floating-point picture.</source>
      <translation>Đầu vào {input_name} của mô hình không phải ảnh dấu phẩy động.</translation>
    </message>
    <message>
      <source>The installed rapidocr brings no networks.</source>
      <translation>Bản rapidocr đã cài không kèm mạng nào.</translation>
    </message>
    <message>
      <source>The key of {server} holds characters that no key has.</source>
      <translation>Khóa của {server} có ký tự không thể có trong khóa.</translation>
    </message>
    <message>
      <source>The key of {server} is sent without encryption.</source>
      <translation>Khóa của {server} được gửi đi không mã hóa.</translation>
    </message>
    <message>
      <source>The key {digit} stands for no label.</source>
      <translation>Phím {digit} không ứng với nhãn nào.</translation>
    </message>
    <message>
      <source>The label file goes to the system's bin.</source>
      <translation>Tệp nhãn được chuyển vào thùng rác của hệ thống.</translation>
    </message>
    <message>
      <source>The label file of {name} has changed since.</source>
      <translation>Tệp nhãn của {name} đã thay đổi kể từ đó.</translation>
    </message>
    <message>
      <source>The label file was kept.</source>
      <translation>Tệp nhãn được giữ lại.</translation>
    </message>
    <message>
      <source>The label files as they were are in {folder}.</source>
      <translation>Các tệp nhãn như trước ở trong {folder}.</translation>
    </message>
    <message>
      <source>The label {label} is not in the list that the settings allow.</source>
      <translation>Nhãn {label} không có trong danh sách mà cài đặt cho phép.</translation>
    </message>
    <message>
      <source>The labels could not be restored.</source>
      <translation>Không khôi phục được nhãn.</translation>
    </message>
    <message>
      <source>The labels could not be saved.</source>
      <translation>Không lưu được nhãn.</translation>
    </message>
    <message numerus="yes">
      <source>The labels of %n pictures were for the pictures as they are stored, and were turned upright.</source>
      <translation>
        <numerusform>Nhãn của %n ảnh ứng với ảnh như được lưu, và đã được xoay thẳng.</numerusform>
      </translation>
    </message>
    <message numerus="yes">
      <source>The labels of %n pictures were turned as they are stored.</source>
      <translation>
        <numerusform>Nhãn của %n ảnh được xoay theo cách ảnh được lưu.</numerusform>
      </translation>
    </message>
    <message>
      <source>The labels of the folder could not be looked at.</source>
      <translation>Không xem được nhãn của thư mục.</translation>
    </message>
    <message>
      <source>The labels of {count} could not be restored.</source>
      <translation>Không khôi phục được nhãn của {count}.</translation>
    </message>
    <message>
      <source>The labels of {count} were restored.</source>
      <translation>Đã khôi phục nhãn của {count}.</translation>
    </message>
    <message>
      <source>The labels of {image_name} could not be saved: {error}.</source>
      <translation>Không lưu được nhãn của {image_name}: {error}.</translation>
    </message>
    <message>
      <source>The labels of {listed} are not saved.</source>
      <translation>Nhãn của {listed} chưa được lưu.</translation>
    </message>
    <message>
      <source>The labels of {name} cannot be reached: {reason}.</source>
      <translation>Không truy cập được nhãn của {name}: {reason}.</translation>
    </message>
    <message>
      <source>The labels of {name} cannot be read: {reason}.</source>
      <translation>Không đọc được nhãn của {name}: {reason}.</translation>
    </message>
    <message>
      <source>The labels of {name} were made for a picture of {width:,} × {height:,} pixels; this one has {new_width:,} × {new_height:,}.</source>
      <translation>Nhãn của {name} được tạo cho ảnh {width:,} × {height:,} điểm ảnh; ảnh này có {new_width:,} × {new_height:,}.</translation>
    </message>
    <message>
      <source>The labels were not changed.</source>
      <translation>Các nhãn không được thay đổi.</translation>
    </message>
    <message>
      <source>The labels were written to {name}.</source>
      <translation>Đã ghi nhãn vào {name}.</translation>
    </message>
    <message>
      <source>The least confidence is above the greatest one.</source>
      <translation>Độ tin cậy thấp nhất lớn hơn độ tin cậy cao nhất.</translation>
    </message>
    <message>
      <source>The least {range_texts} is above the greatest one.</source>
      <translation>Giá trị nhỏ nhất của {range_texts} vượt quá giá trị lớn nhất.</translation>
    </message>
    <message>
      <source>The line cuts through no shape.</source>
      <translation>Đường này không cắt qua hình nào.</translation>
    </message>
    <message>
      <source>The list of models {name} cannot be read.</source>
      <translation>Không đọc được danh sách mô hình {name}.</translation>
    </message>
    <message>
      <source>The list of servers could not be stored: {reason}.</source>
      <translation>Không lưu được danh sách máy chủ: {reason}.</translation>
    </message>
    <message>
      <source>The model cannot be converted to 8-bit integers.</source>
      <translation>Không chuyển được mô hình sang số nguyên 8 bit.</translation>
    </message>
    <message>
      <source>The model cannot be converted to half precision.</source>
      <translation>Không chuyển được mô hình sang nửa chính xác.</translation>
    </message>
    <message>
      <source>The model cannot be made for one input shape.</source>
      <translation>Không tạo được mô hình cho một kích thước đầu vào.</translation>
    </message>
    <message>
      <source>The model could not be exported to ONNX: {reason}</source>
      <translation>Không xuất được mô hình sang ONNX: {reason}</translation>
    </message>
    <message>
      <source>The model could not be loaded.</source>
      <translation>Không nạp được mô hình.</translation>
    </message>
    <message>
      <source>The model failed on this image.</source>
      <translation>Mô hình bị lỗi với ảnh này.</translation>
    </message>
    <message>
      <source>The model has no class {names}.</source>
      <translation>Mô hình không có lớp {names}.</translation>
    </message>
    <message>
      <source>The model has no classes {names}.</source>
      <translation>Mô hình không có các lớp {names}.</translation>
    </message>
    <message>
      <source>The model has no input {input_name} for pictures.</source>
      <translation>Mô hình không có đầu vào {input_name} cho ảnh.</translation>
    </message>
    <message>
      <source>The model has no output {output_name} with scores of boxes.</source>
      <translation>Mô hình không có đầu ra {output_name} chứa điểm số của các hộp.</translation>
    </message>
    <message>
      <source>The model needs a name.</source>
      <translation>Mô hình cần có tên.</translation>
    </message>
    <message>
      <source>The model now looks for what is like it.</source>
      <translation>Từ giờ mô hình tìm những gì giống nó.</translation>
    </message>
    <message>
      <source>The model takes too long.</source>
      <translation>Mô hình mất quá nhiều thời gian.</translation>
    </message>
    <message>
      <source>The model {file_name} failed while running.</source>
      <translation>Mô hình {file_name} bị lỗi khi chạy.</translation>
    </message>
    <message>
      <source>The model {file_name} has been unloaded.</source>
      <translation>Mô hình {file_name} đã được gỡ khỏi bộ nhớ.</translation>
    </message>
    <message>
      <source>The model {name} does not take an input of the shape {value}.</source>
      <translation>Mô hình {name} không nhận đầu vào có kích thước {value}.</translation>
    </message>
    <message>
      <source>The model {name} failed while running.</source>
      <translation>Mô hình {name} bị lỗi khi chạy.</translation>
    </message>
    <message>
      <source>The model {name} gave an output of another batch than its input.</source>
      <translation>Mô hình {name} cho đầu ra có lô khác với đầu vào.</translation>
    </message>
    <message>
      <source>The model {name} has been unloaded.</source>
      <translation>Mô hình {name} đã được gỡ khỏi bộ nhớ.</translation>
    </message>
    <message>
      <source>The model {path} does not exist.</source>
      <translation>Mô hình {path} không tồn tại.</translation>
    </message>
    <message>
      <source>The model's file cannot be read any more, so what it finds is not kept.</source>
      <translation>Không còn đọc được tệp của mô hình, nên kết quả của nó không được lưu lại.</translation>
    </message>
    <message numerus="yes">
      <source>The names of %n objects have letters that no font on this computer has.</source>
      <translation>
        <numerusform>Tên của %n đối tượng có chữ không nằm trong phông nào trên máy này.</numerusform>
      </translation>
    </message>
    <message>
      <source>The number of epochs has to be from 1 to {most:,}.</source>
      <translation>Số epoch phải từ 1 đến {most:,}.</translation>
    </message>
    <message>
      <source>The object could not be outlined.</source>
      <translation>Không vẽ được đường viền của đối tượng.</translation>
    </message>
    <message>
      <source>The outline cuts nothing out: it has to lie on a shape and leave some of it.</source>
      <translation>Đường viền không cắt được gì: nó phải nằm trên một hình và chừa lại một phần của hình đó.</translation>
    </message>
    <message>
      <source>The package rapidocr cannot be imported.</source>
      <translation>Không nhập được gói rapidocr.</translation>
    </message>
    <message>
      <source>The parts of a data set are train, val and test.</source>
      <translation>Các phần của bộ dữ liệu là train, val và test.</translation>
    </message>
    <message>
      <source>The parts of the data set make no sense.</source>
      <translation>Các phần của bộ dữ liệu vô nghĩa.</translation>
    </message>
    <message>
      <source>The picture of {name} was not found.</source>
      <translation>Không tìm thấy ảnh của {name}.</translation>
    </message>
    <message>
      <source>The pixels of {name} are packed in a way that cannot be read here.</source>
      <translation>Điểm ảnh của {name} được nén theo cách không đọc được ở đây.</translation>
    </message>
    <message>
      <source>The plug-in of {package} is switched off.</source>
      <translation>Tiện ích của {package} đã bị tắt.</translation>
    </message>
    <message>
      <source>The plug-in of {package} is switched off: {hook}: {error}.</source>
      <translation>Tiện ích của {package} đã bị tắt: {hook}: {error}.</translation>
    </message>
    <message>
      <source>The process that trains was ended from outside, perhaps since there was too little memory.</source>
      <translation>Tiến trình huấn luyện bị kết thúc từ bên ngoài, có lẽ vì thiếu bộ nhớ.</translation>
    </message>
    <message>
      <source>The program ended before the labels of {listed} were saved.</source>
      <translation>Chương trình đã kết thúc trước khi nhãn của {listed} được lưu.</translation>
    </message>
    <message>
      <source>The program ended while this was running.</source>
      <translation>Chương trình đã kết thúc khi việc này đang chạy.</translation>
    </message>
    <message>
      <source>The program goes on without it; your labels are kept.</source>
      <translation>Chương trình vẫn chạy tiếp mà không có nó; nhãn của bạn được giữ nguyên.</translation>
    </message>
    <message numerus="yes">
      <source>The remarks on %n images have no place in the format.</source>
      <translation>
        <numerusform>Định dạng không có chỗ cho ghi chú của %n ảnh.</numerusform>
      </translation>
    </message>
    <message>
      <source>The run failed.</source>
      <translation>Lượt chạy bị lỗi.</translation>
    </message>
    <message>
      <source>The same key ends that.</source>
      <translation>Nhấn lại phím đó để kết thúc.</translation>
    </message>
    <message>
      <source>The search failed.</source>
      <translation>Tìm kiếm thất bại.</translation>
    </message>
    <message>
      <source>The server was not asked.</source>
      <translation>Chưa hỏi được máy chủ.</translation>
    </message>
    <message>
      <source>The settings cannot be saved: {path} is a folder.</source>
      <translation>Không lưu được cài đặt: {path} là một thư mục.</translation>
    </message>
    <message>
      <source>The settings cannot be saved: {path} {problem}, and it cannot be put aside.</source>
      <translation>Không lưu được cài đặt: {path} {problem}, và không dời sang chỗ khác được.</translation>
    </message>
    <message>
      <source>The settings cannot be saved: {path} {problem}.</source>
      <translation>Không lưu được cài đặt: {path} {problem}.</translation>
    </message>
    <message>
      <source>The settings could not be written.</source>
      <translation>Không ghi được cài đặt.</translation>
    </message>
    <message>
      <source>The share of images to check with has to be from 1 to 90 percent.</source>
      <translation>Tỷ lệ ảnh để kiểm tra phải từ 1 đến 90 phần trăm.</translation>
    </message>
    <message>
      <source>The size of {url} is not to be had: {reason}.</source>
      <translation>Không lấy được kích thước của {url}: {reason}.</translation>
    </message>
    <message>
      <source>The stored key is used</source>
      <translation>Dùng khóa đã lưu</translation>
    </message>
    <message>
      <source>The system's is used; choose another one in the settings.</source>
      <translation>Phông của hệ thống được dùng; hãy chọn phông khác trong phần cài đặt.</translation>
    </message>
    <message>
      <source>The table was not written.</source>
      <translation>Chưa ghi được bảng.</translation>
    </message>
    <message>
      <source>The table was written to {name}.</source>
      <translation>Đã ghi bảng vào {name}.</translation>
    </message>
    <message numerus="yes">
      <source>The tags of %n images have no place in the format.</source>
      <translation>
        <numerusform>Định dạng không có chỗ cho thẻ của %n ảnh.</numerusform>
      </translation>
    </message>
    <message>
      <source>The text encoder failed.</source>
      <translation>Bộ mã hóa văn bản bị lỗi.</translation>
    </message>
    <message>
      <source>The text encoder {name} cannot be loaded.</source>
      <translation>Không thể nạp bộ mã hóa văn bản {name}.</translation>
    </message>
    <message>
      <source>The text encoder {name}, which turns typed names into features, is missing.</source>
      <translation>Thiếu bộ mã hóa văn bản {name}, dùng để chuyển tên đã nhập thành đặc trưng.</translation>
    </message>
    <message numerus="yes">
      <source>The texts of %n images have no place in the format.</source>
      <translation>
        <numerusform>Định dạng không có chỗ cho văn bản của %n ảnh.</numerusform>
      </translation>
    </message>
    <message>
      <source>The training ended with an error: {reason}</source>
      <translation>Huấn luyện kết thúc với lỗi: {reason}</translation>
    </message>
    <message>
      <source>The training failed.</source>
      <translation>Huấn luyện thất bại.</translation>
    </message>
    <message>
      <source>The training process could not be started: {reason}.</source>
      <translation>Không khởi động được tiến trình huấn luyện: {reason}.</translation>
    </message>
    <message>
      <source>The training {name} was interrupted.</source>
      <translation>Lần huấn luyện {name} đã bị gián đoạn.</translation>
    </message>
    <message numerus="yes">
      <source>The undecided borders (255) of %n pictures were left out.</source>
      <translation>
        <numerusform>Bỏ qua viền chưa quyết định (255) của %n ảnh.</numerusform>
      </translation>
    </message>
    <message>
      <source>The user guide is in the folder docs of the program's source.</source>
      <translation>Sách hướng dẫn nằm trong thư mục docs của mã nguồn chương trình.</translation>
    </message>
    <message>
      <source>The vocabulary that turns typed names into numbers is missing.</source>
      <translation>Thiếu bộ từ vựng để chuyển tên đã nhập thành số.</translation>
    </message>
    <message>
      <source>The vocabulary {name} is damaged.</source>
      <translation>Bộ từ vựng {name} bị hỏng.</translation>
    </message>
    <message>
      <source>The weights file {value} that {name} names was not found.</source>
      <translation>Không tìm thấy tệp trọng số {value} mà {name} nêu.</translation>
    </message>
    <message>
      <source>The wheel sizes the rectangle that is selected: all of it with the mouse inside, else the nearest side</source>
      <translation>Con lăn đổi kích thước hình chữ nhật đang chọn: toàn bộ khi chuột ở bên trong, nếu không thì cạnh gần nhất</translation>
    </message>
    <message>
      <source>The whole folder ({number:,})</source>
      <translation>Toàn bộ thư mục ({number:,})</translation>
    </message>
    <message>
      <source>The window speaks this language from the next start on.</source>
      <translation>Cửa sổ sẽ dùng tiếng Việt từ lần khởi động sau.</translation>
    </message>
    <message>
      <source>There are more labels than a picture has numbers for.</source>
      <translation>Số nhãn nhiều hơn số mà một ảnh có thể chứa.</translation>
    </message>
    <message>
      <source>There are no images to export.</source>
      <translation>Không có ảnh nào để xuất.</translation>
    </message>
    <message>
      <source>There are no images. Open a folder of images first.</source>
      <translation>Không có ảnh nào. Trước hết hãy mở một thư mục ảnh.</translation>
    </message>
    <message>
      <source>There are no labelled images in a folder named train.</source>
      <translation>Không có ảnh đã gán nhãn trong thư mục tên train.</translation>
    </message>
    <message>
      <source>There are no labelled images in a folder named val.</source>
      <translation>Không có ảnh đã gán nhãn trong thư mục tên val.</translation>
    </message>
    <message>
      <source>There are no shapes on the clipboard.</source>
      <translation>Không có hình nào trong bộ nhớ tạm.</translation>
    </message>
    <message>
      <source>There are only boxes. Outlines, masks or circles are needed.</source>
      <translation>Chỉ có khung. Cần đường viền, mặt nạ hoặc hình tròn.</translation>
    </message>
    <message>
      <source>There are {free} MB of disk free in {folder}, too few to train.</source>
      <translation>Chỉ còn {free} MB đĩa trống ở {folder}, quá ít để huấn luyện.</translation>
    </message>
    <message>
      <source>There are {names}.</source>
      <translation>Có {names}.</translation>
    </message>
    <message>
      <source>There is no file {name}.</source>
      <translation>Không có tệp {name}.</translation>
    </message>
    <message>
      <source>There is no filter result to export.</source>
      <translation>Chưa có kết quả lọc nào để xuất.</translation>
    </message>
    <message>
      <source>There is no font {family} here.</source>
      <translation>Ở đây không có phông chữ {family}.</translation>
    </message>
    <message>
      <source>There is no format {name}.</source>
      <translation>Không có định dạng {name}.</translation>
    </message>
    <message>
      <source>There is no model family named {family}.</source>
      <translation>Không có họ mô hình tên {family}.</translation>
    </message>
    <message>
      <source>There is no model named {name}.</source>
      <translation>Không có mô hình tên {name}.</translation>
    </message>
    <message>
      <source>There is no model {model}.</source>
      <translation>Không có mô hình {model}.</translation>
    </message>
    <message>
      <source>There is no vertex to leave out.</source>
      <translation>Không có đỉnh nào để bỏ bớt.</translation>
    </message>
    <message>
      <source>There is not enough GPU memory to run the TensorRT engine.</source>
      <translation>Không đủ bộ nhớ GPU để chạy engine TensorRT.</translation>
    </message>
    <message>
      <source>There is not enough memory for {count} images in one call; it goes on with {half}.</source>
      <translation>Không đủ bộ nhớ cho {count} ảnh trong một lần chạy; tiếp tục với {half}.</translation>
    </message>
    <message>
      <source>There is too little memory, even for one image at a time.</source>
      <translation>Không đủ bộ nhớ, kể cả cho từng ảnh một.</translation>
    </message>
    <message>
      <source>There was too little memory for {batch} images at once; it goes on with {half}.</source>
      <translation>Không đủ bộ nhớ cho {batch} ảnh cùng lúc; tiếp tục với {half}.</translation>
    </message>
    <message>
      <source>These outlines cannot be combined.</source>
      <translation>Không kết hợp được các đường viền này.</translation>
    </message>
    <message>
      <source>These shapes are locked.</source>
      <translation>Các hình này đã bị khóa.</translation>
    </message>
    <message>
      <source>These shapes do not touch each other.</source>
      <translation>Các hình này không chạm nhau.</translation>
    </message>
    <message>
      <source>These shapes have no area in common.</source>
      <translation>Các hình này không có phần chung.</translation>
    </message>
    <message>
      <source>They are in memory only until they are saved.</source>
      <translation>Chúng chỉ ở trong bộ nhớ cho đến khi được lưu.</translation>
    </message>
    <message>
      <source>They are selected. To take wrong ones out, select those and choose Tools &gt; Outline &gt; Not Alike. One undo takes all of them back.</source>
      <translation>Chúng đang được chọn. Để bỏ những cái sai, hãy chọn chúng rồi chọn Công cụ &gt; Khoanh vùng &gt; Không giống. Một lần hoàn tác sẽ bỏ tất cả.</translation>
    </message>
    <message>
      <source>They are selected: Edit &gt; Edit Label names all of them. One undo takes all of them back.</source>
      <translation>Chúng đang được chọn: Sửa &gt; Sửa nhãn đặt tên cho tất cả. Một lần hoàn tác sẽ bỏ tất cả.</translation>
    </message>
    <message>
      <source>They can be brought back with Undo as long as nobody changes their label files.</source>
      <translation>Có thể lấy lại bằng Hoàn tác nếu chưa ai sửa các tệp nhãn đó.</translation>
    </message>
    <message>
      <source>They stay kept.</source>
      <translation>Chúng vẫn được giữ.</translation>
    </message>
    <message>
      <source>They were kept, last on {last}. Closing this asks again at the next start.</source>
      <translation>Chúng đã được giữ lại, lần cuối lúc {last}. Nếu đóng thông báo này, lần khởi động sau sẽ hỏi lại.</translation>
    </message>
    <message>
      <source>This cannot become a {kind}.</source>
      <translation>Hình này không thể thành {kind}.</translation>
    </message>
    <message>
      <source>This change of labels cannot be undone any more.</source>
      <translation>Không thể hoàn tác thay đổi nhãn này nữa.</translation>
    </message>
    <message>
      <source>This export of {name} takes one box at a time: it cannot be told what is not meant.</source>
      <translation>Bản xuất này của {name} chỉ nhận mỗi lần một khung: không thể cho nó biết cái gì không cần.</translation>
    </message>
    <message>
      <source>This filter needs a model: it asks for what a model detects.</source>
      <translation>Bộ lọc này cần một mô hình: nó hỏi về những gì mô hình phát hiện.</translation>
    </message>
    <message>
      <source>This folder has been open in another window since {since}.</source>
      <translation>Thư mục này đã được mở trong một cửa sổ khác từ {since}.</translation>
    </message>
    <message>
      <source>This image</source>
      <translation>Ảnh này</translation>
    </message>
    <message>
      <source>This installs it: {command}</source>
      <translation>Lệnh cài đặt: {command}</translation>
    </message>
    <message>
      <source>This is no Segment Anything model of a kind that this program knows ({seen}).</source>
      <translation>Đây không phải loại mô hình Segment Anything mà chương trình này biết ({seen}).</translation>
    </message>
    <message>
      <source>This is the last image.</source>
      <translation>Đây là ảnh cuối cùng.</translation>
    </message>
    <message>
      <source>This kind of file has to be decoded whole, which may take {max_whole_bytes} GB of memory at most. Split it, or save it as a baseline JPEG, which can be shown reduced at any size.</source>
      <translation>Loại tệp này phải được giải mã toàn bộ, tốn nhiều nhất {max_whole_bytes} GB bộ nhớ. Hãy chia nhỏ ảnh, hoặc lưu thành JPEG baseline, loại hiện được ở dạng thu nhỏ với mọi kích cỡ.</translation>
    </message>
    <message>
      <source>This label is not in the list of labels that the settings allow.</source>
      <translation>Nhãn này không có trong danh sách mà cài đặt cho phép.</translation>
    </message>
    <message>
      <source>This machine has no font with Chinese characters.</source>
      <translation>Máy này không có phông chữ Hán.</translation>
    </message>
    <message>
      <source>This run cannot go on.</source>
      <translation>Lần chạy này không thể tiếp tục.</translation>
    </message>
    <message>
      <source>This run is on its way in another window.</source>
      <translation>Lần chạy này đang diễn ra ở một cửa sổ khác.</translation>
    </message>
    <message>
      <source>This s&amp;ub-folder</source>
      <translation>Chỉ thư mục c&amp;on</translation>
    </message>
    <message>
      <source>This server has no models.</source>
      <translation>Máy chủ này không có mô hình nào.</translation>
    </message>
    <message>
      <source>This setting was not changed.</source>
      <translation>Cài đặt này không được thay đổi.</translation>
    </message>
    <message>
      <source>Threads</source>
      <translation>Luồng</translation>
    </message>
    <message>
      <source>Threads that decode and process images</source>
      <translation>Số luồng giải mã và xử lý ảnh</translation>
    </message>
    <message>
      <source>Threads that read and write files</source>
      <translation>Số luồng đọc và ghi tệp</translation>
    </message>
    <message>
      <source>Tick images as checked by a click on their mark in the file list</source>
      <translation>Đánh dấu ảnh là đã kiểm tra bằng cách nhấp vào dấu trong danh sách tệp</translation>
    </message>
    <message>
      <source>To &amp;Back</source>
      <translation>&amp;Xuống dưới cùng</translation>
    </message>
    <message>
      <source>To &amp;Front</source>
      <translation>Lên &amp;trên cùng</translation>
    </message>
    <message>
      <source>To &amp;check with</source>
      <translation>Để kiểm tr&amp;a</translation>
    </message>
    <message>
      <source>To check</source>
      <translation>Kiểm tra</translation>
    </message>
    <message>
      <source>To learn</source>
      <translation>Để học</translation>
    </message>
    <message>
      <source>Too many requests wait for the model.</source>
      <translation>Có quá nhiều yêu cầu đang chờ mô hình.</translation>
    </message>
    <message>
      <source>Tools</source>
      <translation>Công cụ</translation>
    </message>
    <message>
      <source>Tools &gt; Plug-ins &gt; Manage Plug-ins says why.</source>
      <translation>Công cụ &gt; Tiện ích &gt; Quản lý tiện ích cho biết lý do.</translation>
    </message>
    <message>
      <source>Tools with a crosshair, such as rectangle; none: all that draw</source>
      <translation>Các công cụ có đường ngắm, chẳng hạn rectangle; không có: mọi công cụ vẽ</translation>
    </message>
    <message>
      <source>Train a Model</source>
      <translation>Huấn luyện mô hình</translation>
    </message>
    <message>
      <source>Train a model with the labels</source>
      <translation>Huấn luyện mô hình với các nhãn</translation>
    </message>
    <message>
      <source>Training</source>
      <translation>Huấn luyện</translation>
    </message>
    <message>
      <source>Training needs packages that are not installed: {packages}.</source>
      <translation>Huấn luyện cần các gói chưa được cài: {packages}.</translation>
    </message>
    <message>
      <source>Training needs packages that are not installed: {packages}. Install them and start the program again, or write the data set and train elsewhere.</source>
      <translation>Huấn luyện cần các gói chưa được cài: {packages}. Hãy cài rồi khởi động lại chương trình, hoặc ghi bộ dữ liệu và huấn luyện ở nơi khác.</translation>
    </message>
    <message>
      <source>Trust and Load</source>
      <translation>Tin cậy và nạp</translation>
    </message>
    <message>
      <source>Trust and Train</source>
      <translation>Tin cậy và huấn luyện</translation>
    </message>
    <message>
      <source>Trust it only if you know where it is from (command line: --trust). An .onnx file holds no code.</source>
      <translation>Chỉ tin cậy khi bạn biết nó từ đâu ra (dòng lệnh: --trust). Tệp .onnx không chứa mã.</translation>
    </message>
    <message>
      <source>Try Again</source>
      <translation>Thử lại</translation>
    </message>
    <message>
      <source>Try again; if it happens again, somebody has changed the file on the server.</source>
      <translation>Hãy thử lại; nếu vẫn vậy thì ai đó đã thay tệp trên máy chủ.</translation>
    </message>
    <message>
      <source>Try another model or a smaller batch.</source>
      <translation>Hãy thử mô hình khác hoặc lô nhỏ hơn.</translation>
    </message>
    <message>
      <source>Try another picture, or install rapidocr again.</source>
      <translation>Hãy thử ảnh khác, hoặc cài lại rapidocr.</translation>
    </message>
    <message>
      <source>Type a command</source>
      <translation>Nhập một lệnh</translation>
    </message>
    <message>
      <source>Type a flag and press Enter: this image gets it, though the settings have it not</source>
      <translation>Gõ một cờ rồi nhấn Enter: ảnh này nhận cờ đó, dù cài đặt không có</translation>
    </message>
    <message>
      <source>Type a label, or choose one.</source>
      <translation>Nhập một nhãn, hoặc chọn một nhãn.</translation>
    </message>
    <message>
      <source>Type a label.</source>
      <translation>Hãy nhập một nhãn.</translation>
    </message>
    <message>
      <source>Type the classes, one after the other.</source>
      <translation>Gõ lần lượt các lớp.</translation>
    </message>
    <message>
      <source>Type what to look for, separated by commas, such as: person, red car</source>
      <translation>Hãy nhập những gì cần tìm, cách nhau bằng dấu phẩy, ví dụ: người, xe đỏ</translation>
    </message>
    <message>
      <source>Type what {key}:: has to be.</source>
      <translation>Hãy nhập giá trị cho {key}::.</translation>
    </message>
    <message>
      <source>U&amp;ngroup</source>
      <translation>&amp;Rã nhóm</translation>
    </message>
    <message>
      <source>Ultralytics cannot load the model {file_name}.</source>
      <translation>Ultralytics không nạp được mô hình {file_name}.</translation>
    </message>
    <message>
      <source>Ultralytics or PyTorch cannot be imported.</source>
      <translation>Không nhập được Ultralytics hoặc PyTorch.</translation>
    </message>
    <message>
      <source>Uncheck the classes in the list</source>
      <translation>Bỏ chọn các lớp trong danh sách</translation>
    </message>
    <message>
      <source>Undo</source>
      <translation>Hoàn tác</translation>
    </message>
    <message>
      <source>Undo Change of the &amp;Folder</source>
      <translation>&amp;Hoàn tác thay đổi của thư mục</translation>
    </message>
    <message>
      <source>Undo: {name}</source>
      <translation>Hoàn tác: {name}</translation>
    </message>
    <message>
      <source>Undo: {undoable}</source>
      <translation>Hoàn tác: {undoable}</translation>
    </message>
    <message>
      <source>Undoing</source>
      <translation>Đang hoàn tác</translation>
    </message>
    <message>
      <source>Undone: {name}. {label_files} put back.</source>
      <translation>Đã hoàn tác: {name}. Đã khôi phục {label_files}.</translation>
    </message>
    <message>
      <source>Undone: {name}. {objects}.</source>
      <translation>Đã hoàn tác: {name}. {objects}.</translation>
    </message>
    <message>
      <source>Ungroup shapes</source>
      <translation>Rã nhóm các hình</translation>
    </message>
    <message>
      <source>Unlink objects</source>
      <translation>Bỏ liên kết đối tượng</translation>
    </message>
    <message>
      <source>Unlock</source>
      <translation>Mở khóa</translation>
    </message>
    <message>
      <source>Unlock them to change them.</source>
      <translation>Mở khóa để thay đổi chúng.</translation>
    </message>
    <message>
      <source>Unsaved labels cannot be kept on disk.</source>
      <translation>Không giữ được nhãn chưa lưu trên đĩa.</translation>
    </message>
    <message>
      <source>Unsaved labels cannot be kept on disk: {reason}.</source>
      <translation>Không giữ được nhãn chưa lưu trên đĩa: {reason}.</translation>
    </message>
    <message>
      <source>Use &amp;Last Label without Asking</source>
      <translation>Dùng nga&amp;y nhãn vừa rồi, không hỏi</translation>
    </message>
    <message>
      <source>Use Last &amp;Group Number</source>
      <translation>Dùng &amp;số nhóm gần nhất</translation>
    </message>
    <message>
      <source>Use an address that begins with https.</source>
      <translation>Hãy dùng địa chỉ bắt đầu bằng https.</translation>
    </message>
    <message>
      <source>Use the File</source>
      <translation>Dùng tệp</translation>
    </message>
    <message>
      <source>Use the models of another machine</source>
      <translation>Dùng mô hình của máy khác</translation>
    </message>
    <message>
      <source>Validation</source>
      <translation>Kiểm định</translation>
    </message>
    <message>
      <source>View</source>
      <translation>Xem</translation>
    </message>
    <message>
      <source>Visibility loss</source>
      <translation>Mất mát độ thấy</translation>
    </message>
    <message>
      <source>Wait until it is done, or stop it.</source>
      <translation>Hãy đợi nó xong, hoặc dừng nó.</translation>
    </message>
    <message>
      <source>Wait until it is done.</source>
      <translation>Hãy chờ đến khi xong.</translation>
    </message>
    <message>
      <source>Waiting</source>
      <translation>Đang chờ</translation>
    </message>
    <message>
      <source>What a double click does to the polygon that is being drawn</source>
      <translation>Nhấp đúp làm gì với đa giác đang vẽ</translation>
    </message>
    <message>
      <source>What an outlined object becomes</source>
      <translation>Đối tượng được khoanh sẽ thành hình gì</translation>
    </message>
    <message>
      <source>What has come so far is kept; try again to go on from there.</source>
      <translation>Phần đã nhận được giữ lại; hãy thử lại để tải tiếp.</translation>
    </message>
    <message>
      <source>What is counted</source>
      <translation>Phạm vi thống kê</translation>
    </message>
    <message>
      <source>What is labelled there goes; each image can be undone one by one until the program ends.</source>
      <translation>Những gì đã gán nhãn ở đó sẽ mất; có thể hoàn tác từng ảnh cho đến khi thoát chương trình.</translation>
    </message>
    <message>
      <source>What is not saved of its labels is lost.</source>
      <translation>Phần nhãn chưa lưu của ảnh sẽ mất.</translation>
    </message>
    <message>
      <source>What runs the models; auto takes the fastest that works</source>
      <translation>Phần mềm chạy mô hình; tự động: chọn cái nhanh nhất chạy được</translation>
    </message>
    <message>
      <source>What the AI tool makes</source>
      <translation>Công cụ AI tạo ra gì</translation>
    </message>
    <message>
      <source>What the file list shows ({number:,})</source>
      <translation>Những gì danh sách tệp hiển thị ({number:,})</translation>
    </message>
    <message>
      <source>What the label files on disk say; no model is needed</source>
      <translation>Những gì các tệp nhãn trên đĩa ghi; không cần mô hình</translation>
    </message>
    <message>
      <source>What the labels have</source>
      <translation>Các nhãn có gì</translation>
    </message>
    <message>
      <source>What the model finds in the pictures</source>
      <translation>Những gì mô hình tìm thấy trong ảnh</translation>
    </message>
    <message>
      <source>What the model learns</source>
      <translation>Mô hình học gì</translation>
    </message>
    <message>
      <source>What the text encoder gives is not understood.</source>
      <translation>Không hiểu được kết quả của bộ mã hóa văn bản.</translation>
    </message>
    <message>
      <source>What to look for</source>
      <translation>Tìm gì</translation>
    </message>
    <message>
      <source>What to look for, separated by commas; Enter labels this image</source>
      <translation>Những gì cần tìm, cách nhau bằng dấu phẩy; Enter gán nhãn ảnh này</translation>
    </message>
    <message>
      <source>What was learned by the last whole epoch is kept: go on with it.</source>
      <translation>Những gì đã học đến epoch trọn vẹn cuối cùng được giữ lại: hãy tiếp tục.</translation>
    </message>
    <message>
      <source>What {name} gives is not understood.</source>
      <translation>Không hiểu được kết quả mà {name} đưa ra.</translation>
    </message>
    <message>
      <source>Where the typed text is looked for in the labels</source>
      <translation>Tìm chữ đã gõ ở đâu trong các nhãn</translation>
    </message>
    <message>
      <source>Whole folder</source>
      <translation>Toàn bộ thư mục</translation>
    </message>
    <message>
      <source>Width of the crosshair's lines</source>
      <translation>Độ dày của đường ngắm</translation>
    </message>
    <message>
      <source>With a &amp;difficult object</source>
      <translation>Có đối tượng &amp;khó</translation>
    </message>
    <message>
      <source>With a &amp;flag…</source>
      <translation>Có &amp;cờ…</translation>
    </message>
    <message>
      <source>With a &amp;kind of object…</source>
      <translation>Có &amp;loại đối tượng…</translation>
    </message>
    <message>
      <source>With a &amp;score from – to…</source>
      <translation>Có điể&amp;m từ – đến…</translation>
    </message>
    <message>
      <source>With a &amp;text…</source>
      <translation>Có &amp;văn bản…</translation>
    </message>
    <message>
      <source>With a ta&amp;g…</source>
      <translation>Có t&amp;hẻ…</translation>
    </message>
    <message>
      <source>With commas between them</source>
      <translation>Cách nhau bằng dấu phẩy</translation>
    </message>
    <message>
      <source>With o&amp;bjects</source>
      <translation>Có đố&amp;i tượng</translation>
    </message>
    <message>
      <source>Without &amp;objects</source>
      <translation>Không có đối &amp;tượng</translation>
    </message>
    <message>
      <source>Without a l&amp;abel…</source>
      <translation>Khôn&amp;g có nhãn…</translation>
    </message>
    <message>
      <source>Without a model, an object is outlined inside a box or under a stroke.</source>
      <translation>Khi không có mô hình, đối tượng được khoanh trong một hộp hoặc dưới một nét vẽ.</translation>
    </message>
    <message>
      <source>Worker threads</source>
      <translation>Luồng xử lý</translation>
    </message>
    <message>
      <source>Workspace</source>
      <translation>Vùng làm việc</translation>
    </message>
    <message>
      <source>Write It Anew</source>
      <translation>Ghi lại</translation>
    </message>
    <message>
      <source>Write it anew, or give the labels up.</source>
      <translation>Ghi lại tệp, hoặc bỏ các nhãn.</translation>
    </message>
    <message>
      <source>Write, copy or gather the images that match</source>
      <translation>Ghi, sao chép hoặc gom các ảnh khớp</translation>
    </message>
    <message>
      <source>Writing the data set</source>
      <translation>Đang ghi bộ dữ liệu</translation>
    </message>
    <message>
      <source>YOLO boxes</source>
      <translation>Hộp YOLO</translation>
    </message>
    <message>
      <source>YOLO key points</source>
      <translation>Điểm mốc YOLO</translation>
    </message>
    <message>
      <source>YOLO oriented boxes</source>
      <translation>Hộp xoay YOLO</translation>
    </message>
    <message>
      <source>YOLO outlines</source>
      <translation>Đường bao YOLO</translation>
    </message>
    <message>
      <source>YOLO11 {size}, from scratch</source>
      <translation>YOLO11 {size}, từ đầu</translation>
    </message>
    <message>
      <source>Your labels are kept; go on working.</source>
      <translation>Nhãn của bạn vẫn được giữ; cứ tiếp tục làm việc.</translation>
    </message>
    <message>
      <source>Zoom</source>
      <translation>Phóng to, thu nhỏ</translation>
    </message>
    <message>
      <source>Zoom &amp;In</source>
      <translation>&amp;Phóng to</translation>
    </message>
    <message>
      <source>Zoom &amp;Out</source>
      <translation>&amp;Thu nhỏ</translation>
    </message>
    <message>
      <source>Zoom in for its full resolution.</source>
      <translation>Phóng to để xem ở độ phân giải đầy đủ.</translation>
    </message>
    <message>
      <source>Zoom to &amp;Selection</source>
      <translation>Phóng t&amp;o vùng chọn</translation>
    </message>
    <message>
      <source>a PNG of each object</source>
      <translation>một tệp PNG cho mỗi đối tượng</translation>
    </message>
    <message>
      <source>a category has no number or no name</source>
      <translation>một lớp không có số hoặc không có tên</translation>
    </message>
    <message>
      <source>a number</source>
      <translation>một số</translation>
    </message>
    <message>
      <source>a number from {least} to {greatest}</source>
      <translation>số từ {least} đến {greatest}</translation>
    </message>
    <message>
      <source>a number, at least {least}</source>
      <translation>số, ít nhất {least}</translation>
    </message>
    <message>
      <source>a number, at most {greatest}</source>
      <translation>số, nhiều nhất {greatest}</translation>
    </message>
    <message>
      <source>a picture of each object</source>
      <translation>một ảnh cho mỗi đối tượng</translation>
    </message>
    <message>
      <source>a word</source>
      <translation>một từ</translation>
    </message>
    <message>
      <source>accent</source>
      <translation>màu nhấn</translation>
    </message>
    <message>
      <source>all images</source>
      <translation>mọi ảnh</translation>
    </message>
    <message>
      <source>all kinds of shapes, attributes, skeletons, tags</source>
      <translation>mọi loại hình, thuộc tính, bộ xương, thẻ</translation>
    </message>
    <message>
      <source>all of</source>
      <translation>tất cả</translation>
    </message>
    <message>
      <source>all; several with commas between them</source>
      <translation>tất cả; nhiều nhãn cách nhau bằng dấu phẩy</translation>
    </message>
    <message>
      <source>answers are not kept (Performance Settings)</source>
      <translation>không giữ câu trả lời (Cài đặt hiệu năng)</translation>
    </message>
    <message>
      <source>any</source>
      <translation>bất kỳ</translation>
    </message>
    <message>
      <source>any number</source>
      <translation>số lượng bất kỳ</translation>
    </message>
    <message>
      <source>any of</source>
      <translation>một trong</translation>
    </message>
    <message>
      <source>any size</source>
      <translation>cỡ bất kỳ</translation>
    </message>
    <message>
      <source>anywhere</source>
      <translation>bất kỳ đâu</translation>
    </message>
    <message>
      <source>at least</source>
      <translation>ít nhất</translation>
    </message>
    <message>
      <source>at most</source>
      <translation>nhiều nhất</translation>
    </message>
    <message>
      <source>at once</source>
      <translation>mỗi lượt</translation>
    </message>
    <message>
      <source>at the start</source>
      <translation>ở đầu</translation>
    </message>
    <message>
      <source>auto</source>
      <translation>tự động</translation>
    </message>
    <message>
      <source>becomes</source>
      <translation>thành</translation>
    </message>
    <message>
      <source>begun</source>
      <translation>đã bắt đầu</translation>
    </message>
    <message>
      <source>best {value:.3f}</source>
      <translation>tốt nhất {value:.3f}</translation>
    </message>
    <message>
      <source>bitmaps</source>
      <translation>ảnh bit</translation>
    </message>
    <message>
      <source>blurred</source>
      <translation>mờ</translation>
    </message>
    <message>
      <source>blurred, night</source>
      <translation>mờ, ban đêm</translation>
    </message>
    <message>
      <source>boxes</source>
      <translation>hộp</translation>
    </message>
    <message>
      <source>boxes and masks with scores</source>
      <translation>hộp và mặt nạ kèm điểm</translation>
    </message>
    <message>
      <source>boxes around them</source>
      <translation>hộp bao quanh</translation>
    </message>
    <message>
      <source>boxes in whole pixels</source>
      <translation>hộp theo điểm ảnh nguyên</translation>
    </message>
    <message>
      <source>boxes of followed objects</source>
      <translation>hộp của các đối tượng được theo dõi</translation>
    </message>
    <message>
      <source>boxes with key points</source>
      <translation>hộp có điểm mốc</translation>
    </message>
    <message>
      <source>boxes, outlines, masks, key points</source>
      <translation>hộp, đường bao, mặt nạ, điểm mốc</translation>
    </message>
    <message>
      <source>by folders</source>
      <translation>theo thư mục</translation>
    </message>
    <message>
      <source>cache off</source>
      <translation>bộ đệm tắt</translation>
    </message>
    <message>
      <source>cache {share:.0%}</source>
      <translation>bộ đệm {share:.0%}</translation>
    </message>
    <message>
      <source>checked</source>
      <translation>đã kiểm tra</translation>
    </message>
    <message>
      <source>checked or not</source>
      <translation>đã kiểm tra hay chưa</translation>
    </message>
    <message>
      <source>chosen</source>
      <translation>đã chọn</translation>
    </message>
    <message>
      <source>circle</source>
      <translation>hình tròn</translation>
    </message>
    <message>
      <source>city, night</source>
      <translation>thành phố, đêm</translation>
    </message>
    <message>
      <source>closes it</source>
      <translation>khép lại</translation>
    </message>
    <message>
      <source>colours ± {tolerance}</source>
      <translation>màu ± {tolerance}</translation>
    </message>
    <message>
      <source>connecting</source>
      <translation>đang kết nối</translation>
    </message>
    <message>
      <source>copies to look at</source>
      <translation>bản sao để xem</translation>
    </message>
    <message>
      <source>cuboid</source>
      <translation>hình hộp</translation>
    </message>
    <message>
      <source>cut-out lines of text</source>
      <translation>dòng văn bản đã cắt</translation>
    </message>
    <message>
      <source>dark</source>
      <translation>tối</translation>
    </message>
    <message>
      <source>debug</source>
      <translation>gỡ lỗi</translation>
    </message>
    <message>
      <source>degrees</source>
      <translation>độ</translation>
    </message>
    <message>
      <source>detections of {images}, {size}</source>
      <translation>phát hiện của {images}, {size}</translation>
    </message>
    <message>
      <source>difficult</source>
      <translation>khó</translation>
    </message>
    <message>
      <source>disagreement</source>
      <translation>bất đồng</translation>
    </message>
    <message>
      <source>drawn shapes</source>
      <translation>hình được vẽ</translation>
    </message>
    <message>
      <source>end after</source>
      <translation>dừng sau</translation>
    </message>
    <message>
      <source>error</source>
      <translation>lỗi</translation>
    </message>
    <message>
      <source>everything</source>
      <translation>tất cả</translation>
    </message>
    <message>
      <source>exact</source>
      <translation>chính xác</translation>
    </message>
    <message>
      <source>exactly</source>
      <translation>đúng</translation>
    </message>
    <message>
      <source>extra large</source>
      <translation>rất lớn</translation>
    </message>
    <message>
      <source>failed</source>
      <translation>bị lỗi</translation>
    </message>
    <message>
      <source>fatal</source>
      <translation>nghiêm trọng</translation>
    </message>
    <message>
      <source>folder order</source>
      <translation>thứ tự thư mục</translation>
    </message>
    <message>
      <source>from cache: {from_cache:,} of {total:,}</source>
      <translation>từ bộ đệm: {from_cache:,} trong {total:,}</translation>
    </message>
    <message>
      <source>from {value}</source>
      <translation>từ {value}</translation>
    </message>
    <message>
      <source>grey pictures of class numbers</source>
      <translation>ảnh xám số lớp</translation>
    </message>
    <message>
      <source>group {group_id}</source>
      <translation>nhóm {group_id}</translation>
    </message>
    <message>
      <source>having no objects</source>
      <translation>không có đối tượng nào</translation>
    </message>
    <message>
      <source>hidden</source>
      <translation>ẩn</translation>
    </message>
    <message>
      <source>highest confidence</source>
      <translation>độ tin cậy cao nhất</translation>
    </message>
    <message>
      <source>hit rate {hit_rate:.0%}</source>
      <translation>tỉ lệ trúng {hit_rate:.0%}</translation>
    </message>
    <message>
      <source>image flags</source>
      <translation>cờ của ảnh</translation>
    </message>
    <message>
      <source>image height</source>
      <translation>chiều cao ảnh</translation>
    </message>
    <message>
      <source>image width</source>
      <translation>chiều rộng ảnh</translation>
    </message>
    <message>
      <source>images</source>
      <translation>ảnh</translation>
    </message>
    <message>
      <source>in memory</source>
      <translation>trong bộ nhớ</translation>
    </message>
    <message>
      <source>in memory only</source>
      <translation>chỉ trong bộ nhớ</translation>
    </message>
    <message>
      <source>in the folder of this program</source>
      <translation>trong thư mục của chương trình này</translation>
    </message>
    <message>
      <source>in {images:,} images, median {width_px:.0f}×{height_px:.0f} px</source>
      <translation>trong {images:,} ảnh, trung vị {width_px:.0f}×{height_px:.0f} px</translation>
    </message>
    <message>
      <source>in {images}, {seconds}</source>
      <translation>trong {images}, {seconds}</translation>
    </message>
    <message>
      <source>info</source>
      <translation>thông tin</translation>
    </message>
    <message>
      <source>it calls class {number} {name}, and {file} calls it {other}</source>
      <translation>nó gọi lớp {number} là {name}, còn {file} gọi là {other}</translation>
    </message>
    <message>
      <source>it does not answer</source>
      <translation>nó không trả lời</translation>
    </message>
    <message>
      <source>it does not come to an end</source>
      <translation>nó không kết thúc</translation>
    </message>
    <message>
      <source>it does not run {suffix} files</source>
      <translation>nó không chạy tệp {suffix}</translation>
    </message>
    <message>
      <source>it does not speak HTTP</source>
      <translation>nó không dùng HTTP</translation>
    </message>
    <message>
      <source>it does not speak TLS</source>
      <translation>nó không dùng TLS</translation>
    </message>
    <message>
      <source>it failed while running: {problem}</source>
      <translation>nó gặp lỗi khi đang chạy: {problem}</translation>
    </message>
    <message>
      <source>it has no column of classes</source>
      <translation>nó không có cột lớp</translation>
    </message>
    <message>
      <source>it has no keys</source>
      <translation>nó không có khóa</translation>
    </message>
    <message>
      <source>it has too many lines</source>
      <translation>nó có quá nhiều dòng</translation>
    </message>
    <message>
      <source>it hung up</source>
      <translation>nó đã ngắt kết nối</translation>
    </message>
    <message>
      <source>it is a file of ISAT, whose objects File &gt; Import takes over</source>
      <translation>đây là tệp của ISAT; Tệp &gt; Nhập sẽ lấy các đối tượng trong đó</translation>
    </message>
    <message>
      <source>it is larger than {size:,} MB</source>
      <translation>nó lớn hơn {size:,} MB</translation>
    </message>
    <message>
      <source>it is made for version {theirs} of the interface, and this program has version {ours}</source>
      <translation>nó được làm cho phiên bản {theirs} của giao diện, còn chương trình này có phiên bản {ours}</translation>
    </message>
    <message>
      <source>it is no PNG of class numbers</source>
      <translation>nó không phải PNG số lớp</translation>
    </message>
    <message>
      <source>it is no annotation of Pascal VOC</source>
      <translation>nó không phải chú thích Pascal VOC</translation>
    </message>
    <message>
      <source>it is no file of COCO</source>
      <translation>nó không phải tệp COCO</translation>
    </message>
    <message>
      <source>it is no file of CreateML</source>
      <translation>nó không phải tệp CreateML</translation>
    </message>
    <message>
      <source>it is no label file of ISAT</source>
      <translation>nó không phải tệp nhãn ISAT</translation>
    </message>
    <message>
      <source>it is no list of labels by number</source>
      <translation>đó không phải là danh sách nhãn theo số</translation>
    </message>
    <message>
      <source>it is not a file</source>
      <translation>nó không phải tệp</translation>
    </message>
    <message>
      <source>it is not safe with the operator {operator}</source>
      <translation>nó không an toàn với toán tử {operator}</translation>
    </message>
    <message>
      <source>it is not text in UTF-8</source>
      <translation>nó không phải văn bản UTF-8</translation>
    </message>
    <message>
      <source>it is not valid YAML</source>
      <translation>nó không phải YAML hợp lệ</translation>
    </message>
    <message>
      <source>it is of another size than its picture</source>
      <translation>kích thước của nó khác với ảnh</translation>
    </message>
    <message>
      <source>it is too large</source>
      <translation>nó quá lớn</translation>
    </message>
    <message>
      <source>it is used for networks with one input only</source>
      <translation>nó chỉ dùng cho mạng có một đầu vào</translation>
    </message>
    <message>
      <source>it names no numbers</source>
      <translation>nó không đặt tên cho số nào</translation>
    </message>
    <message>
      <source>it takes no {dtype} input</source>
      <translation>nó không nhận đầu vào {dtype}</translation>
    </message>
    <message>
      <source>it takes too long</source>
      <translation>mất quá nhiều thời gian</translation>
    </message>
    <message>
      <source>its answer breaks off</source>
      <translation>câu trả lời bị ngắt giữa chừng</translation>
    </message>
    <message>
      <source>its answer has more than {megabytes:,} MB</source>
      <translation>câu trả lời lớn hơn {megabytes:,} MB</translation>
    </message>
    <message>
      <source>its certificate is not valid ({reason})</source>
      <translation>chứng chỉ không hợp lệ ({reason})</translation>
    </message>
    <message>
      <source>its kpt_shape makes no sense</source>
      <translation>kpt_shape của nó vô nghĩa</translation>
    </message>
    <message>
      <source>its numbers make no sense</source>
      <translation>các số của nó vô nghĩa</translation>
    </message>
    <message>
      <source>its own colour</source>
      <translation>màu riêng</translation>
    </message>
    <message>
      <source>key points</source>
      <translation>điểm mốc</translation>
    </message>
    <message>
      <source>key {key}</source>
      <translation>phím {key}</translation>
    </message>
    <message>
      <source>labelled</source>
      <translation>đã gán nhãn</translation>
    </message>
    <message>
      <source>labels</source>
      <translation>nhãn</translation>
    </message>
    <message>
      <source>labels that are saved</source>
      <translation>nhãn được lưu</translation>
    </message>
    <message>
      <source>labels, scores and boxes are not of one length</source>
      <translation>nhãn, điểm và hộp không cùng độ dài</translation>
    </message>
    <message>
      <source>large</source>
      <translation>lớn</translation>
    </message>
    <message>
      <source>light</source>
      <translation>sáng</translation>
    </message>
    <message>
      <source>line</source>
      <translation>đoạn thẳng</translation>
    </message>
    <message>
      <source>line {number}: it gives no colour</source>
      <translation>dòng {number}: không có màu</translation>
    </message>
    <message>
      <source>line {number}: {error}</source>
      <translation>dòng {number}: {error}</translation>
    </message>
    <message>
      <source>linestrip</source>
      <translation>đường gấp khúc</translation>
    </message>
    <message>
      <source>manual</source>
      <translation>thủ công</translation>
    </message>
    <message>
      <source>mask</source>
      <translation>mặt nạ</translation>
    </message>
    <message>
      <source>medium</source>
      <translation>vừa</translation>
    </message>
    <message>
      <source>most objects</source>
      <translation>nhiều đối tượng nhất</translation>
    </message>
    <message>
      <source>nano</source>
      <translation>nano</translation>
    </message>
    <message>
      <source>neither openvino nor onnxruntime is installed</source>
      <translation>chưa cài openvino lẫn onnxruntime</translation>
    </message>
    <message>
      <source>never</source>
      <translation>không bao giờ</translation>
    </message>
    <message>
      <source>no NVIDIA GPU was found</source>
      <translation>không tìm thấy GPU NVIDIA</translation>
    </message>
    <message>
      <source>no better</source>
      <translation>không tốt hơn</translation>
    </message>
    <message>
      <source>no labels</source>
      <translation>không có nhãn</translation>
    </message>
    <message>
      <source>no labels yet</source>
      <translation>chưa có nhãn</translation>
    </message>
    <message>
      <source>no list names its colour {color}</source>
      <translation>không danh sách nào nêu màu {color}</translation>
    </message>
    <message>
      <source>no objects</source>
      <translation>không có đối tượng</translation>
    </message>
    <message>
      <source>none</source>
      <translation>không có</translation>
    </message>
    <message>
      <source>none of</source>
      <translation>không có</translation>
    </message>
    <message>
      <source>none yet</source>
      <translation>chưa có</translation>
    </message>
    <message>
      <source>not checked</source>
      <translation>chưa kiểm tra</translation>
    </message>
    <message>
      <source>not installed: {packages}</source>
      <translation>chưa cài: {packages}</translation>
    </message>
    <message>
      <source>not saved yet</source>
      <translation>chưa lưu</translation>
    </message>
    <message>
      <source>not saved, kept in memory</source>
      <translation>chưa lưu, giữ trong bộ nhớ</translation>
    </message>
    <message>
      <source>nothing</source>
      <translation>không làm gì</translation>
    </message>
    <message>
      <source>nothing asked</source>
      <translation>chưa hỏi gì</translation>
    </message>
    <message>
      <source>nothing listens there</source>
      <translation>không có gì lắng nghe ở đó</translation>
    </message>
    <message>
      <source>object size</source>
      <translation>cỡ đối tượng</translation>
    </message>
    <message>
      <source>object {number}: {error}</source>
      <translation>đối tượng {number}: {error}</translation>
    </message>
    <message>
      <source>objects</source>
      <translation>đối tượng</translation>
    </message>
    <message>
      <source>of {count}</source>
      <translation>trên {count}</translation>
    </message>
    <message>
      <source>off</source>
      <translation>tắt</translation>
    </message>
    <message>
      <source>on</source>
      <translation>bật</translation>
    </message>
    <message>
      <source>on disk</source>
      <translation>trên đĩa</translation>
    </message>
    <message>
      <source>on this machine</source>
      <translation>có trên máy này</translation>
    </message>
    <message>
      <source>one outline, with cuts to the holes and from part to part</source>
      <translation>một đường bao, có đường cắt tới các lỗ và giữa các phần</translation>
    </message>
    <message>
      <source>opened folders</source>
      <translation>thư mục được mở</translation>
    </message>
    <message>
      <source>oriented boxes</source>
      <translation>hộp xoay</translation>
    </message>
    <message>
      <source>other objects cover them</source>
      <translation>bị đối tượng khác che</translation>
    </message>
    <message>
      <source>outline at a click</source>
      <translation>khoanh bằng một cú nhấp</translation>
    </message>
    <message>
      <source>outlines</source>
      <translation>đường viền</translation>
    </message>
    <message>
      <source>overlap</source>
      <translation>chồng</translation>
    </message>
    <message>
      <source>parts of one object with the others of their group</source>
      <translation>các phần của một đối tượng cùng nhóm</translation>
    </message>
    <message>
      <source>paused</source>
      <translation>đã tạm dừng</translation>
    </message>
    <message>
      <source>person, red car</source>
      <translation>người, xe đỏ</translation>
    </message>
    <message>
      <source>pictures</source>
      <translation>ảnh</translation>
    </message>
    <message>
      <source>pictures of classes and of objects</source>
      <translation>ảnh của lớp và của đối tượng</translation>
    </message>
    <message>
      <source>pip uninstall {needs} removes it.</source>
      <translation>pip uninstall {needs} sẽ gỡ nó.</translation>
    </message>
    <message>
      <source>point</source>
      <translation>điểm</translation>
    </message>
    <message>
      <source>points</source>
      <translation>các điểm</translation>
    </message>
    <message>
      <source>polygon</source>
      <translation>đa giác</translation>
    </message>
    <message>
      <source>polygons</source>
      <translation>đa giác</translation>
    </message>
    <message>
      <source>px</source>
      <translation>px</translation>
    </message>
    <message>
      <source>px of the image</source>
      <translation>px của ảnh</translation>
    </message>
    <message>
      <source>quadrilateral</source>
      <translation>tứ giác</translation>
    </message>
    <message>
      <source>rain, snow</source>
      <translation>mưa, tuyết</translation>
    </message>
    <message>
      <source>rapidocr declares opencv-python-headless, which overwrites the files of opencv-python; so it is installed without what it declares</source>
      <translation>rapidocr khai báo opencv-python-headless, gói này ghi đè tệp của opencv-python; vì vậy nó được cài mà không kèm những gì nó khai báo</translation>
    </message>
    <message>
      <source>re&amp;versed</source>
      <translation>đảo n&amp;gược</translation>
    </message>
    <message>
      <source>rectangle</source>
      <translation>hình chữ nhật</translation>
    </message>
    <message>
      <source>rotated rectangle</source>
      <translation>hình chữ nhật xoay</translation>
    </message>
    <message>
      <source>runs over many images</source>
      <translation>lần chạy trên nhiều ảnh</translation>
    </message>
    <message>
      <source>saved {time}</source>
      <translation>đã lưu {time}</translation>
    </message>
    <message>
      <source>saving</source>
      <translation>đang lưu</translation>
    </message>
    <message>
      <source>shape</source>
      <translation>hình</translation>
    </message>
    <message>
      <source>shown images</source>
      <translation>ảnh được hiện</translation>
    </message>
    <message>
      <source>small</source>
      <translation>nhỏ</translation>
    </message>
    <message>
      <source>stopped after {images}</source>
      <translation>dừng sau {images}</translation>
    </message>
    <message>
      <source>stopping</source>
      <translation>đang dừng</translation>
    </message>
    <message>
      <source>street or *_07.jpg</source>
      <translation>street hoặc *_07.jpg</translation>
    </message>
    <message>
      <source>system</source>
      <translation>hệ thống</translation>
    </message>
    <message>
      <source>text</source>
      <translation>văn bản</translation>
    </message>
    <message>
      <source>text regions</source>
      <translation>vùng văn bản</translation>
    </message>
    <message>
      <source>the classes</source>
      <translation>các lớp</translation>
    </message>
    <message>
      <source>the confidence</source>
      <translation>độ tin cậy</translation>
    </message>
    <message>
      <source>the end</source>
      <translation>lúc kết thúc</translation>
    </message>
    <message>
      <source>the file name</source>
      <translation>tên tệp</translation>
    </message>
    <message>
      <source>the flags</source>
      <translation>các cờ</translation>
    </message>
    <message>
      <source>the format has no place for them</source>
      <translation>định dạng không có chỗ cho chúng</translation>
    </message>
    <message>
      <source>the format holds areas only</source>
      <translation>định dạng chỉ chứa vùng</translation>
    </message>
    <message>
      <source>the format holds flags of images only</source>
      <translation>định dạng chỉ chứa cờ của ảnh</translation>
    </message>
    <message>
      <source>the image size</source>
      <translation>cỡ ảnh</translation>
    </message>
    <message>
      <source>the installed onnxruntime has no CUDA; uninstall it and install the package onnxruntime-gpu instead</source>
      <translation>onnxruntime đã cài không có CUDA; hãy gỡ nó và cài gói onnxruntime-gpu thay thế</translation>
    </message>
    <message>
      <source>the label file</source>
      <translation>tệp nhãn</translation>
    </message>
    <message>
      <source>the least rotated boxes around them</source>
      <translation>hộp xoay nhỏ nhất bao quanh</translation>
    </message>
    <message>
      <source>the number of objects</source>
      <translation>số đối tượng</translation>
    </message>
    <message>
      <source>the object size</source>
      <translation>cỡ đối tượng</translation>
    </message>
    <message>
      <source>the server answered {code}</source>
      <translation>máy chủ trả lời {code}</translation>
    </message>
    <message>
      <source>the server cannot be reached ({reason})</source>
      <translation>không kết nối được máy chủ ({reason})</translation>
    </message>
    <message>
      <source>the server has another file now</source>
      <translation>máy chủ nay có tệp khác</translation>
    </message>
    <message>
      <source>the settings</source>
      <translation>phần cài đặt</translation>
    </message>
    <message>
      <source>the start</source>
      <translation>lúc bắt đầu</translation>
    </message>
    <message>
      <source>the sub-folder</source>
      <translation>thư mục con</translation>
    </message>
    <message>
      <source>the tags</source>
      <translation>các thẻ</translation>
    </message>
    <message>
      <source>the text</source>
      <translation>văn bản</translation>
    </message>
    <message>
      <source>the {condition}</source>
      <translation>{condition}</translation>
    </message>
    <message>
      <source>there are no label files of DOTA in it</source>
      <translation>trong đó không có tệp nhãn DOTA</translation>
    </message>
    <message>
      <source>there are no label files of ISAT in it</source>
      <translation>trong đó không có tệp nhãn ISAT</translation>
    </message>
    <message>
      <source>there are no label files of Pascal VOC in it</source>
      <translation>trong đó không có tệp nhãn Pascal VOC</translation>
    </message>
    <message>
      <source>there are no label files of YOLO in it</source>
      <translation>trong đó không có tệp nhãn YOLO</translation>
    </message>
    <message>
      <source>there are no pictures in folders in it</source>
      <translation>trong đó không có thư mục nào chứa ảnh</translation>
    </message>
    <message>
      <source>there are no pictures of class numbers in it</source>
      <translation>trong đó không có ảnh số lớp</translation>
    </message>
    <message>
      <source>there is no conversation about an image in it</source>
      <translation>không có hội thoại nào về ảnh trong đó</translation>
    </message>
    <message>
      <source>there is no file of COCO in it</source>
      <translation>trong đó không có tệp COCO</translation>
    </message>
    <message>
      <source>there is no file of CVAT in it</source>
      <translation>trong đó không có tệp CVAT</translation>
    </message>
    <message>
      <source>there is no file of CreateML in it</source>
      <translation>trong đó không có tệp CreateML</translation>
    </message>
    <message>
      <source>there is no line of ODVG in it</source>
      <translation>không có dòng ODVG nào trong đó</translation>
    </message>
    <message>
      <source>there is no list of MOTChallenge in it</source>
      <translation>không có danh sách MOTChallenge nào trong đó</translation>
    </message>
    <message>
      <source>there is no list of PaddleOCR in it</source>
      <translation>trong đó không có danh sách PaddleOCR</translation>
    </message>
    <message>
      <source>there is no result of MMDetection in it</source>
      <translation>không có kết quả nào của MMDetection trong đó</translation>
    </message>
    <message>
      <source>there is no server of that name</source>
      <translation>không có máy chủ tên đó</translation>
    </message>
    <message>
      <source>there is no table of flags in it</source>
      <translation>trong đó không có bảng cờ</translation>
    </message>
    <message>
      <source>there is none</source>
      <translation>không có tệp</translation>
    </message>
    <message>
      <source>there is one</source>
      <translation>có tệp</translation>
    </message>
    <message>
      <source>there was no answer within {seconds:g} s</source>
      <translation>không có câu trả lời trong {seconds:g} giây</translation>
    </message>
    <message>
      <source>they belong to no object, or their name is not among its key points</source>
      <translation>chúng không thuộc đối tượng nào, hoặc tên không có trong các điểm mốc</translation>
    </message>
    <message>
      <source>they have no label</source>
      <translation>chúng không có nhãn</translation>
    </message>
    <message>
      <source>they have no text</source>
      <translation>chúng không có văn bản</translation>
    </message>
    <message>
      <source>they lie outside of the picture</source>
      <translation>chúng nằm ngoài ảnh</translation>
    </message>
    <message>
      <source>this version has no such backend</source>
      <translation>phiên bản này không có backend như vậy</translation>
    </message>
    <message>
      <source>threads</source>
      <translation>luồng</translation>
    </message>
    <message>
      <source>to</source>
      <translation>đến</translation>
    </message>
    <message>
      <source>unreadable files</source>
      <translation>tệp không đọc được</translation>
    </message>
    <message>
      <source>version {version}</source>
      <translation>phiên bản {version}</translation>
    </message>
    <message>
      <source>warning</source>
      <translation>cảnh báo</translation>
    </message>
    <message>
      <source>what models find, and may change it</source>
      <translation>điều mô hình tìm thấy, và có thể sửa nó</translation>
    </message>
    <message>
      <source>where the data set has them</source>
      <translation>nơi bộ dữ liệu để ảnh</translation>
    </message>
    <message>
      <source>white</source>
      <translation>trắng</translation>
    </message>
    <message>
      <source>with or without</source>
      <translation>có hay không đều được</translation>
    </message>
    <message>
      <source>yes</source>
      <translation>có</translation>
    </message>
    <message>
      <source>{address} is no address of a server.</source>
      <translation>{address} không phải địa chỉ máy chủ.</translation>
    </message>
    <message>
      <source>{backend} comes first and works</source>
      <translation>{backend} đứng trước và chạy được</translation>
    </message>
    <message>
      <source>{backend} was asked for</source>
      <translation>{backend} đã được yêu cầu</translation>
    </message>
    <message>
      <source>{batch} at once</source>
      <translation>{batch} mỗi lượt</translation>
    </message>
    <message>
      <source>{bits}-bit</source>
      <translation>{bits} bit</translation>
    </message>
    <message>
      <source>{bits}-bit floating-point</source>
      <translation>{bits} bit dấu phẩy động</translation>
    </message>
    <message>
      <source>{cache_hits:,} hits, {cache_misses:,} misses</source>
      <translation>{cache_hits:,} lần trúng, {cache_misses:,} lần trượt</translation>
    </message>
    <message>
      <source>{cache_pictures:,} pictures</source>
      <translation>{cache_pictures:,} ảnh</translation>
    </message>
    <message>
      <source>{cache_used_bytes:,.0f} of {capacity_mb:,.0f} MB</source>
      <translation>{cache_used_bytes:,.0f} trên {capacity_mb:,.0f} MB</translation>
    </message>
    <message>
      <source>{classified:,} of {total:,} classified</source>
      <translation>Đã phân loại {classified:,} / {total:,}</translation>
    </message>
    <message>
      <source>{counts:,} objects</source>
      <translation>{counts:,} đối tượng</translation>
    </message>
    <message>
      <source>{count} set</source>
      <translation>đã đặt {count}</translation>
    </message>
    <message>
      <source>{done:,} of {total:,} bytes came</source>
      <translation>chỉ nhận được {done:,} trên {total:,} byte</translation>
    </message>
    <message>
      <source>{done:,} of {total:,} label files are changed. Each file is whole.</source>
      <translation>Đã đổi {done:,} trong {total:,} tệp nhãn. Mọi tệp đều nguyên vẹn.</translation>
    </message>
    <message>
      <source>{done_bytes:.0%} of {total_bytes:,.0f} MB</source>
      <translation>{done_bytes:.0%} của {total_bytes:,.0f} MB</translation>
    </message>
    <message>
      <source>{done}: {name}. {objects} in {files} changed.</source>
      <translation>{done}: {name}. Đã đổi {objects} trong {files}.</translation>
    </message>
    <message>
      <source>{duration} left</source>
      <translation>còn {duration}</translation>
    </message>
    <message>
      <source>{failed:,} failed</source>
      <translation>{failed:,} lỗi</translation>
    </message>
    <message>
      <source>{first}; then by {named}: {named2:,}.</source>
      <translation>{first}; sau đó bởi {named}: {named2:,}.</translation>
    </message>
    <message>
      <source>{first}Enter or a double click opens a picture.</source>
      <translation>{first}Enter hoặc nhấp đúp để mở ảnh.</translation>
    </message>
    <message>
      <source>{folder} could not be replaced: {reason}.</source>
      <translation>Không thay thế được {folder}: {reason}.</translation>
    </message>
    <message>
      <source>{folder}, whose label files are in the same place, has been open in another window since {since}.</source>
      <translation>{folder}, có tệp nhãn ở cùng một nơi, đã được mở trong một cửa sổ khác từ {since}.</translation>
    </message>
    <message>
      <source>{format}: {images} with {objects}.</source>
      <translation>{format}: {images} với {objects}.</translation>
    </message>
    <message>
      <source>{go_on} If it happens again, choose a smaller batch.</source>
      <translation>{go_on} Nếu lặp lại, hãy giảm số ảnh mỗi lượt.</translation>
    </message>
    <message>
      <source>{here} of {all} modules; {name}: {reason}.</source>
      <translation>{here} trong {all} mô-đun; {name}: {reason}.</translation>
    </message>
    <message>
      <source>{hint} The labels of {name} are kept in memory.</source>
      <translation>{hint} Nhãn của {name} được giữ trong bộ nhớ.</translation>
    </message>
    <message>
      <source>{hit_rate:.0%} of {asked:,} questions answered from there</source>
      <translation>{hit_rate:.0%} của {asked:,} câu hỏi được trả lời từ đó</translation>
    </message>
    <message>
      <source>{hook}: {error}</source>
      <translation>{hook}: {error}</translation>
    </message>
    <message>
      <source>{images} copied as paths.</source>
      <translation>Đã sao chép đường dẫn của {images}.</translation>
    </message>
    <message>
      <source>{images} copied to {folder}{more}.</source>
      <translation>Đã sao chép {images} vào {folder}{more}.</translation>
    </message>
    <message>
      <source>{images} could not be read.</source>
      <translation>Không đọc được {images}.</translation>
    </message>
    <message>
      <source>{images} linked in {folder}{more}.</source>
      <translation>Đã tạo liên kết cho {images} trong {folder}{more}.</translation>
    </message>
    <message>
      <source>{images} written to {name}.</source>
      <translation>Đã ghi {images} vào {name}.</translation>
    </message>
    <message>
      <source>{image} · {place:,} of {total:,}</source>
      <translation>{image} · {place:,} / {total:,}</translation>
    </message>
    <message>
      <source>{key}:: is 1 or 0.</source>
      <translation>{key}:: là 1 hoặc 0.</translation>
    </message>
    <message>
      <source>{key}:: is a number, &gt;2, &lt;5, or [2,5].</source>
      <translation>{key}:: là một số, &gt;2, &lt;5 hoặc [2,5].</translation>
    </message>
    <message>
      <source>{key}:: is not known; there are {keys}.</source>
      <translation>Không có {key}::; có thể dùng {keys}.</translation>
    </message>
    <message>
      <source>{label_files} could not be taken along.</source>
      <translation>Không mang theo được {label_files}.</translation>
    </message>
    <message>
      <source>{label} · {place:,} of {total:,} · {hint}</source>
      <translation>{label} · {place:,} trên {total:,} · {hint}</translation>
    </message>
    <message>
      <source>{label}: labelled, but not seen by the model</source>
      <translation>{label}: có nhãn, nhưng mô hình không thấy</translation>
    </message>
    <message>
      <source>{label}: seen, but not labelled</source>
      <translation>{label}: mô hình thấy, nhưng chưa có nhãn</translation>
    </message>
    <message>
      <source>{label}: the model sees {found}</source>
      <translation>{label}: mô hình thấy {found}</translation>
    </message>
    <message>
      <source>{label}: the outline differs</source>
      <translation>{label}: đường viền khác nhau</translation>
    </message>
    <message>
      <source>{learn:,} + {check:,} images</source>
      <translation>{learn:,} + {check:,} ảnh</translation>
    </message>
    <message>
      <source>{learn} to learn from, {check:,} to check with, {rest:,} left out.</source>
      <translation>{learn} để học, {check:,} để kiểm tra, bỏ qua {rest:,}.</translation>
    </message>
    <message>
      <source>{low:.0f} px and more</source>
      <translation>từ {low:.0f} px trở lên</translation>
    </message>
    <message>
      <source>{low:.0f} to {high:.0f} px</source>
      <translation>{low:.0f} đến {high:.0f} px</translation>
    </message>
    <message>
      <source>{name}  (off)</source>
      <translation>{name}  (tắt)</translation>
    </message>
    <message>
      <source>{name}  (on)</source>
      <translation>{name}  (bật)</translation>
    </message>
    <message>
      <source>{name} (did you mean {likely}?)</source>
      <translation>{name} (có phải ý bạn là {likely}?)</translation>
    </message>
    <message>
      <source>{name} and its labels were put into the bin.</source>
      <translation>{name} và nhãn của nó đã được chuyển vào thùng rác.</translation>
    </message>
    <message>
      <source>{name} cannot be read and was not overwritten.</source>
      <translation>Không đọc được {name}, và tệp không bị ghi đè.</translation>
    </message>
    <message>
      <source>{name} cannot be read.</source>
      <translation>Không đọc được {name}.</translation>
    </message>
    <message>
      <source>{name} cannot be read: the file is empty.</source>
      <translation>Không đọc được {name}: tệp trống.</translation>
    </message>
    <message>
      <source>{name} cannot be read: {error}.</source>
      <translation>Không đọc được {name}: {error}.</translation>
    </message>
    <message>
      <source>{name} cannot be read: {reason}.</source>
      <translation>Không đọc được {name}: {reason}.</translation>
    </message>
    <message>
      <source>{name} cannot be read: {size_bytes:,.0f} MB is too much for a label file.</source>
      <translation>Không đọc được {name}: {size_bytes:,.0f} MB là quá lớn cho một tệp nhãn.</translation>
    </message>
    <message>
      <source>{name} cannot be shown at full resolution; it stays reduced.</source>
      <translation>Không thể hiện {name} ở độ phân giải đầy đủ; ảnh vẫn được thu nhỏ.</translation>
    </message>
    <message>
      <source>{name} cannot be shown what to look for.</source>
      <translation>Không thể chỉ cho {name} cần tìm gì.</translation>
    </message>
    <message>
      <source>{name} cannot find what is like a marked object. A Segment Anything model or a YOLOE can.</source>
      <translation>{name} không tìm được những gì giống đối tượng đã đánh dấu. Mô hình Segment Anything hoặc YOLOE thì được.</translation>
    </message>
    <message>
      <source>{name} could not be deleted: {reason}.</source>
      <translation>Không xóa được {name}: {reason}.</translation>
    </message>
    <message>
      <source>{name} could not be kept aside, so it was not changed: {reason}.</source>
      <translation>Không thể giữ lại {name}, nên nó không bị thay đổi: {reason}.</translation>
    </message>
    <message>
      <source>{name} could not be opened.</source>
      <translation>Không mở được {name}.</translation>
    </message>
    <message>
      <source>{name} could not be put into the bin and was kept.</source>
      <translation>Không chuyển được {name} vào thùng rác nên đã giữ lại.</translation>
    </message>
    <message>
      <source>{name} could not be saved: {reason}.</source>
      <translation>Không lưu được {name}: {reason}.</translation>
    </message>
    <message>
      <source>{name} could not be stored: {reason}.</source>
      <translation>Không lưu trữ được {name}: {reason}.</translation>
    </message>
    <message>
      <source>{name} could not be understood; it was kept as {aside} and a new one written.</source>
      <translation>Không hiểu được {name}; tệp cũ được giữ với tên {aside} và một tệp mới đã được ghi.</translation>
    </message>
    <message>
      <source>{name} could not be unpacked: {reason}.</source>
      <translation>Không giải nén được {name}: {reason}.</translation>
    </message>
    <message>
      <source>{name} describes a Segment Anything model, which outlines what a person marks.</source>
      <translation>{name} mô tả một mô hình Segment Anything, loại khoanh những gì được đánh dấu.</translation>
    </message>
    <message>
      <source>{name} disappeared right after it was saved.</source>
      <translation>{name} biến mất ngay sau khi lưu.</translation>
    </message>
    <message>
      <source>{name} does not exist.</source>
      <translation>{name} không tồn tại.</translation>
    </message>
    <message>
      <source>{name} does not name a model of the server.</source>
      <translation>{name} không nêu mô hình nào của máy chủ.</translation>
    </message>
    <message>
      <source>{name} does not name a server.</source>
      <translation>{name} không nêu máy chủ nào.</translation>
    </message>
    <message>
      <source>{name} does not name a weights file.</source>
      <translation>{name} không nêu tệp trọng số.</translation>
    </message>
    <message>
      <source>{name} does not name the {value} of the model.</source>
      <translation>{name} không nêu {value} của mô hình.</translation>
    </message>
    <message>
      <source>{name} finds what is typed, and nothing is typed.</source>
      <translation>{name} tìm những gì được nhập, nhưng chưa nhập gì.</translation>
    </message>
    <message>
      <source>{name} gave an output of a layout that this program does not know: {shapes} for {named} classes ({all}).</source>
      <translation>{name} cho đầu ra có bố cục mà chương trình này không biết: {shapes} cho {named} lớp ({all}).</translation>
    </message>
    <message>
      <source>{name} gives boxes and scores, which several kinds of models do that want their pictures in different ways ({value}).</source>
      <translation>{name} cho ra hộp và điểm số; nhiều loại mô hình làm vậy nhưng cần ảnh theo cách khác nhau ({value}).</translation>
    </message>
    <message>
      <source>{name} gives numbers from {low:.1f} to {high:.1f} where scores of {count} classes should be: it was taken for a {task} model in the layout {layout}, and is another one ({shapes}).</source>
      <translation>{name} cho các số từ {low:.1f} đến {high:.1f} ở chỗ lẽ ra là điểm của {count} lớp: nó được coi là mô hình {task} theo bố cục {layout}, nhưng là loại khác ({shapes}).</translation>
    </message>
    <message>
      <source>{name} gives one label two numbers.</source>
      <translation>{name} gán hai số cho cùng một nhãn.</translation>
    </message>
    <message>
      <source>{name} has a layout that this program does not know for {task_words} ({value}; {count}{extra}).</source>
      <translation>{name} có bố cục mà chương trình này không biết cho {task_words} ({value}; {count}{extra}).</translation>
    </message>
    <message>
      <source>{name} has been changed by another program since it was read.</source>
      <translation>{name} đã bị một chương trình khác thay đổi kể từ khi được đọc.</translation>
    </message>
    <message>
      <source>{name} has been changed by another program since its labels were read.</source>
      <translation>{name} đã bị một chương trình khác thay đổi kể từ khi nhãn của nó được đọc.</translation>
    </message>
    <message>
      <source>{name} has been changed since.</source>
      <translation>{name} đã thay đổi kể từ đó.</translation>
    </message>
    <message>
      <source>{name} has been deleted or renamed since it was read.</source>
      <translation>{name} đã bị xóa hoặc đổi tên kể từ khi được đọc.</translation>
    </message>
    <message>
      <source>{name} has been deleted or renamed since.</source>
      <translation>{name} đã bị xóa hoặc đổi tên kể từ đó.</translation>
    </message>
    <message>
      <source>{name} has been edited since.</source>
      <translation>{name} đã được sửa kể từ đó.</translation>
    </message>
    <message>
      <source>{name} has been trained: {figure}.</source>
      <translation>Đã huấn luyện xong {name}: {figure}.</translation>
    </message>
    <message>
      <source>{name} has changed: {value} is missing.</source>
      <translation>{name} đã thay đổi: thiếu {value}.</translation>
    </message>
    <message>
      <source>{name} has no ending.</source>
      <translation>{name} không có phần mở rộng.</translation>
    </message>
    <message>
      <source>{name} has no image beside it.</source>
      <translation>Không có ảnh nào cạnh {name}.</translation>
    </message>
    <message>
      <source>{name} has no label file.</source>
      <translation>{name} không có tệp nhãn.</translation>
    </message>
    <message>
      <source>{name} has no pixels.</source>
      <translation>{name} không có điểm ảnh.</translation>
    </message>
    <message>
      <source>{name} has not been loaded because it is not trusted yet: a .pt file is a Python pickle, and loading it runs any code that its maker put into it.</source>
      <translation>{name} chưa được nạp vì chưa được tin cậy: tệp .pt là một Python pickle, nạp nó sẽ chạy mọi mã mà người tạo đã đưa vào.</translation>
    </message>
    <message>
      <source>{name} has scores for {columns} classes, and {named} names are given ({value}).</source>
      <translation>{name} có điểm số cho {columns} lớp, nhưng có {named} tên được nêu ({value}).</translation>
    </message>
    <message>
      <source>{name} has several pages; the first is shown.</source>
      <translation>{name} có nhiều trang; trang đầu được hiển thị.</translation>
    </message>
    <message>
      <source>{name} has the ending {suffix}.</source>
      <translation>{name} có phần mở rộng {suffix}.</translation>
    </message>
    <message>
      <source>{name} has too many objects.</source>
      <translation>{name} có quá nhiều đối tượng.</translation>
    </message>
    <message>
      <source>{name} has {count:,} objects, and Pascal VOC numbers {most} of them at most.</source>
      <translation>{name} có {count:,} đối tượng, còn Pascal VOC chỉ đánh số nhiều nhất {most}.</translation>
    </message>
    <message>
      <source>{name} has {count} channels; the first three are shown.</source>
      <translation>{name} có {count} kênh; ba kênh đầu được hiển thị.</translation>
    </message>
    <message>
      <source>{name} holds a link or a device: {path!r}.</source>
      <translation>{name} chứa liên kết hoặc thiết bị: {path!r}.</translation>
    </message>
    <message>
      <source>{name} holds a model of the class {class_name}, which is not one of Ultralytics.</source>
      <translation>{name} chứa mô hình thuộc lớp {class_name}, không phải của Ultralytics.</translation>
    </message>
    <message>
      <source>{name} holds damaged data ({reason}); parts of the picture may be wrong.</source>
      <translation>{name} có dữ liệu bị hỏng ({reason}); một số phần của ảnh có thể sai.</translation>
    </message>
    <message>
      <source>{name} holds no model of Ultralytics; it may hold weights alone.</source>
      <translation>{name} không chứa mô hình Ultralytics; có thể chỉ chứa trọng số.</translation>
    </message>
    <message>
      <source>{name} holds no model.</source>
      <translation>{name} không chứa mô hình nào.</translation>
    </message>
    <message>
      <source>{name} holds no shapes: {error}.</source>
      <translation>{name} không chứa hình nào: {error}.</translation>
    </message>
    <message>
      <source>{name} holds {count:,} files, more than a model has.</source>
      <translation>{name} chứa {count:,} tệp, nhiều hơn một mô hình có.</translation>
    </message>
    <message>
      <source>{name} in {folder}: {error}</source>
      <translation>{name} trong {folder}: {error}</translation>
    </message>
    <message>
      <source>{name} is a DICOM file without a picture.</source>
      <translation>{name} là tệp DICOM không có ảnh.</translation>
    </message>
    <message>
      <source>{name} is a DICOM picture; what reads them is not installed.</source>
      <translation>{name} là ảnh DICOM; chưa cài thành phần đọc loại ảnh này.</translation>
    </message>
    <message>
      <source>{name} is a HEIC picture; what reads them is not installed.</source>
      <translation>{name} là ảnh HEIC; phần đọc loại ảnh này chưa được cài đặt.</translation>
    </message>
    <message>
      <source>{name} is a TorchScript model, which cannot be opened.</source>
      <translation>{name} là mô hình TorchScript, loại không mở được.</translation>
    </message>
    <message>
      <source>{name} is a folder, not a picture.</source>
      <translation>{name} là thư mục, không phải ảnh.</translation>
    </message>
    <message>
      <source>{name} is a folder.</source>
      <translation>{name} là một thư mục.</translation>
    </message>
    <message>
      <source>{name} is a model for the task {task}.</source>
      <translation>{name} là mô hình cho tác vụ {task}.</translation>
    </message>
    <message>
      <source>{name} is a model of another family; models of YOLO can be trained further.</source>
      <translation>{name} là mô hình thuộc họ khác; chỉ mô hình YOLO mới huấn luyện tiếp được.</translation>
    </message>
    <message>
      <source>{name} is a part of a Segment Anything model, which outlines what a person marks ({value}).</source>
      <translation>{name} là một phần của mô hình Segment Anything, loại khoanh những gì được đánh dấu ({value}).</translation>
    </message>
    <message>
      <source>{name} is a pose model that does not say how many key points it has ({value}).</source>
      <translation>{name} là mô hình tư thế không nêu số điểm mốc ({value}).</translation>
    </message>
    <message>
      <source>{name} is a segmentation model with no mask prototypes among its outputs ({value}).</source>
      <translation>{name} là mô hình phân đoạn nhưng đầu ra không có nguyên mẫu mặt nạ ({value}).</translation>
    </message>
    <message>
      <source>{name} is a {kind} picture: its values {low:g} to {high:g} are shown as 0 to 255.</source>
      <translation>{name} là ảnh {kind}: các giá trị từ {low:g} đến {high:g} được hiển thị thành 0 đến 255.</translation>
    </message>
    <message>
      <source>{name} is an animation; its first picture is shown.</source>
      <translation>{name} là ảnh động; hình đầu tiên của nó được hiển thị.</translation>
    </message>
    <message>
      <source>{name} is another file than the one that the labels were made for.</source>
      <translation>{name} là một tệp khác với tệp mà nhãn được tạo cho.</translation>
    </message>
    <message>
      <source>{name} is being changed by another program.</source>
      <translation>{name} đang bị chương trình khác thay đổi.</translation>
    </message>
    <message>
      <source>{name} is damaged and cannot be shown.</source>
      <translation>{name} bị hỏng và không hiện được.</translation>
    </message>
    <message>
      <source>{name} is damaged or no zip file.</source>
      <translation>{name} bị hỏng hoặc không phải tệp zip.</translation>
    </message>
    <message>
      <source>{name} is empty.</source>
      <translation>{name} trống.</translation>
    </message>
    <message>
      <source>{name} is for a model of the type {kind}, which this program cannot run.</source>
      <translation>{name} dành cho mô hình loại {kind}, mà chương trình này không chạy được.</translation>
    </message>
    <message>
      <source>{name} is in use and was not deleted.</source>
      <translation>{name} đang được dùng và không bị xóa.</translation>
    </message>
    <message>
      <source>{name} is larger than 2 GiB, which no ONNX file can be.</source>
      <translation>{name} lớn hơn 2 GiB, tệp ONNX không thể như vậy.</translation>
    </message>
    <message>
      <source>{name} is larger than {size_gb:.1f} GB and was not downloaded.</source>
      <translation>{name} lớn hơn {size_gb:.1f} GB nên không được tải xuống.</translation>
    </message>
    <message>
      <source>{name} is made for the task {value!r}, which this version cannot run.</source>
      <translation>{name} được làm cho tác vụ {value!r}, phiên bản này không chạy được.</translation>
    </message>
    <message>
      <source>{name} is neither a .pt file nor the name of a network.</source>
      <translation>{name} không phải tệp .pt cũng không phải tên của một mạng.</translation>
    </message>
    <message>
      <source>{name} is no Grounding DINO of a kind that this program knows.</source>
      <translation>{name} không phải là Grounding DINO thuộc loại mà chương trình này biết.</translation>
    </message>
    <message>
      <source>{name} is no list of images.</source>
      <translation>{name} không phải là danh sách ảnh.</translation>
    </message>
    <message>
      <source>{name} is no model for the AI tool.</source>
      <translation>{name} không phải mô hình cho công cụ AI.</translation>
    </message>
    <message>
      <source>{name} is not a checkpoint of PyTorch or is damaged.</source>
      <translation>{name} không phải checkpoint của PyTorch hoặc bị hỏng.</translation>
    </message>
    <message>
      <source>{name} is not a checkpoint of PyTorch.</source>
      <translation>{name} không phải checkpoint của PyTorch.</translation>
    </message>
    <message>
      <source>{name} is not a folder.</source>
      <translation>{name} không phải thư mục.</translation>
    </message>
    <message>
      <source>{name} is not a model config.</source>
      <translation>{name} không phải cấu hình mô hình.</translation>
    </message>
    <message>
      <source>{name} is not a model file that can be opened.</source>
      <translation>{name} không phải tệp mô hình mở được.</translation>
    </message>
    <message>
      <source>{name} is not a model of a kind that this program knows ({value}).</source>
      <translation>{name} không thuộc loại mô hình mà chương trình này biết ({value}).</translation>
    </message>
    <message>
      <source>{name} is not a picture that can be read here.</source>
      <translation>{name} không phải là ảnh đọc được ở đây.</translation>
    </message>
    <message>
      <source>{name} is not a text file.</source>
      <translation>{name} không phải tệp văn bản.</translation>
    </message>
    <message>
      <source>{name} is not an ONNX model or is damaged.</source>
      <translation>{name} không phải mô hình ONNX hoặc bị hỏng.</translation>
    </message>
    <message>
      <source>{name} is not the file that was expected and was deleted.</source>
      <translation>{name} không phải là tệp mong đợi và đã bị xóa.</translation>
    </message>
    <message>
      <source>{name} is not there any more.</source>
      <translation>{name} không còn ở đó.</translation>
    </message>
    <message>
      <source>{name} is not there.</source>
      <translation>Không có {name}.</translation>
    </message>
    <message>
      <source>{name} is not to be had: the server answered {code} {reason}.</source>
      <translation>Không lấy được {name}: máy chủ trả lời {code} {reason}.</translation>
    </message>
    <message>
      <source>{name} is not valid YAML.</source>
      <translation>{name} không phải YAML hợp lệ.</translation>
    </message>
    <message>
      <source>{name} is only the {part} of a Segment Anything model.</source>
      <translation>{name} chỉ là phần {part} của mô hình Segment Anything.</translation>
    </message>
    <message>
      <source>{name} is partly transparent; it is shown over white.</source>
      <translation>{name} trong suốt một phần; ảnh được hiển thị trên nền trắng.</translation>
    </message>
    <message>
      <source>{name} is read-only.</source>
      <translation>{name} chỉ cho phép đọc.</translation>
    </message>
    <message>
      <source>{name} is stored turned and could not be written upright.</source>
      <translation>{name} được lưu ở tư thế xoay và không thể ghi thẳng lại.</translation>
    </message>
    <message>
      <source>{name} is too large for a list of attributes.</source>
      <translation>{name} quá lớn cho một danh sách thuộc tính.</translation>
    </message>
    <message>
      <source>{name} is too large for a model config.</source>
      <translation>{name} quá lớn cho một tệp cấu hình mô hình.</translation>
    </message>
    <message>
      <source>{name} is too large for a picture of class numbers.</source>
      <translation>{name} quá lớn cho một ảnh số lớp.</translation>
    </message>
    <message>
      <source>{name} is too large: {width:,} x {height:,} pixels.</source>
      <translation>{name} quá lớn: {width:,} x {height:,} pixel.</translation>
    </message>
    <message>
      <source>{name} is too long to hold shapes ({number:,.0f} MB).</source>
      <translation>{name} quá dài để chứa hình ({number:,.0f} MB).</translation>
    </message>
    <message>
      <source>{name} is truncated: the file ends before the picture does.</source>
      <translation>{name} bị cụt: tệp kết thúc trước khi hết ảnh.</translation>
    </message>
    <message>
      <source>{name} is very large: {width:,} x {height:,} pixels. It is shown reduced to {shown_width:,} x {shown_height:,}; labels count in its full size.</source>
      <translation>{name} rất lớn: {width:,} x {height:,} điểm ảnh. Ảnh được thu nhỏ còn {shown_width:,} x {shown_height:,}; nhãn tính theo kích thước đầy đủ.</translation>
    </message>
    <message>
      <source>{name} keeps its weights in {value}, which is missing.</source>
      <translation>{name} giữ trọng số trong {value}, tệp này bị thiếu.</translation>
    </message>
    <message>
      <source>{name} lacks its end mark; the picture is complete.</source>
      <translation>{name} thiếu dấu kết thúc; ảnh vẫn đầy đủ.</translation>
    </message>
    <message>
      <source>{name} lists no images.</source>
      <translation>{name} không liệt kê ảnh nào.</translation>
    </message>
    <message>
      <source>{name} may not be read.</source>
      <translation>Không được phép đọc {name}.</translation>
    </message>
    <message>
      <source>{name} must be {range}.</source>
      <translation>{name} phải là {range}.</translation>
    </message>
    <message>
      <source>{name} names {name2}, and only .onnx and .pt files can be opened.</source>
      <translation>{name} nêu {name2}, và chỉ mở được tệp .onnx và .pt.</translation>
    </message>
    <message>
      <source>{name} needs more memory than is free.</source>
      <translation>{name} cần nhiều bộ nhớ hơn phần còn trống.</translation>
    </message>
    <message>
      <source>{name} outlines what a person marks.</source>
      <translation>{name} khoanh vùng những gì người dùng đánh dấu.</translation>
    </message>
    <message>
      <source>{name} outlines what is marked, and nothing is marked.</source>
      <translation>{name} khoanh những gì được đánh dấu, và chưa có gì được đánh dấu.</translation>
    </message>
    <message>
      <source>{name} takes no texts: its text encoder is missing.</source>
      <translation>{name} không nhận văn bản: thiếu bộ mã hóa văn bản.</translation>
    </message>
    <message>
      <source>{name} wants to read weights outside its own folder, which is not allowed.</source>
      <translation>{name} muốn đọc trọng số ngoài thư mục của nó, điều này không được phép.</translation>
    </message>
    <message>
      <source>{name} wants to write outside its folder: {path!r}.</source>
      <translation>{name} muốn ghi ra ngoài thư mục của nó: {path!r}.</translation>
    </message>
    <message>
      <source>{name} was changed by another program.</source>
      <translation>{name} đã bị chương trình khác thay đổi.</translation>
    </message>
    <message>
      <source>{name} was changed meanwhile.</source>
      <translation>{name} đã bị thay đổi trong lúc đó.</translation>
    </message>
    <message>
      <source>{name} was not labelled: {user_text}</source>
      <translation>{name} không được gán nhãn: {user_text}</translation>
    </message>
    <message>
      <source>{name} was not marked.</source>
      <translation>{name} không được đánh dấu.</translation>
    </message>
    <message>
      <source>{name} was put into the bin.</source>
      <translation>{name} đã được chuyển vào thùng rác.</translation>
    </message>
    <message>
      <source>{name} would take more than {size_gb:.1f} GB.</source>
      <translation>{name} sẽ chiếm hơn {size_gb:.1f} GB.</translation>
    </message>
    <message>
      <source>{name}, go on from it</source>
      <translation>{name}, tiếp tục từ đó</translation>
    </message>
    <message>
      <source>{name}: {key} must be a number from {least:g} to {most:g}.</source>
      <translation>{name}: {key} phải là số từ {least:g} đến {most:g}.</translation>
    </message>
    <message>
      <source>{narrowed_total:,} of {total:,} ·</source>
      <translation>{narrowed_total:,} trên {total:,} ·</translation>
    </message>
    <message>
      <source>{number:,} could not be read ({names}{value})</source>
      <translation>không đọc được {number:,} ảnh ({names}{value})</translation>
    </message>
    <message>
      <source>{number:,} images are in {folder}. Train with them where Ultralytics is installed:
{command}</source>
      <translation>{number:,} ảnh đã ở trong {folder}. Hãy huấn luyện với chúng ở nơi đã cài Ultralytics:
{command}</translation>
    </message>
    <message>
      <source>{number:,} images are other files than those that the labels were made for.</source>
      <translation>{number:,} ảnh là những tệp khác với các tệp mà nhãn được tạo cho.</translation>
    </message>
    <message>
      <source>{number:,} images could not be read and are left out: {named}.</source>
      <translation>{number:,} ảnh không đọc được và bị bỏ qua: {named}.</translation>
    </message>
    <message>
      <source>{number:,} images failed; the others are done.</source>
      <translation>{number:,} ảnh bị lỗi; các ảnh khác đã xong.</translation>
    </message>
    <message>
      <source>{number:,} label files have changed since and were not overwritten.</source>
      <translation>{number:,} tệp nhãn đã thay đổi kể từ đó và không bị ghi đè.</translation>
    </message>
    <message>
      <source>{number:,} more</source>
      <translation>thêm {number:,}</translation>
    </message>
    <message>
      <source>{number:,} more labels</source>
      <translation>{number:,} nhãn nữa</translation>
    </message>
    <message>
      <source>{number:,} of {number2:,} images in {name} do not exist.</source>
      <translation>{number:,} trong {number2:,} ảnh của {name} không tồn tại.</translation>
    </message>
    <message>
      <source>{number:,} of {total:,} chosen</source>
      <translation>đã chọn {number:,} trên {total:,}</translation>
    </message>
    <message>
      <source>{number:,} were put there. Check that the folder is writable and has space.</source>
      <translation>Đã đưa vào {number:,} ảnh. Hãy kiểm tra xem thư mục có ghi được và còn chỗ không.</translation>
    </message>
    <message>
      <source>{number} labels</source>
      <translation>{number} nhãn</translation>
    </message>
    <message>
      <source>{number} objects</source>
      <translation>{number} đối tượng</translation>
    </message>
    <message>
      <source>{number} x {sentence}</source>
      <translation>{number} x {sentence}</translation>
    </message>
    <message>
      <source>{objects} in the whole folder; locked ones stay as they are.</source>
      <translation>{objects} trong toàn bộ thư mục; những cái bị khóa giữ nguyên.</translation>
    </message>
    <message>
      <source>{objects} in {images} will be {name}.</source>
      <translation>{objects} trong {images} sẽ thành {name}.</translation>
    </message>
    <message>
      <source>{objects} will be {name}</source>
      <translation>{objects} sẽ thành {name}</translation>
    </message>
    <message>
      <source>{objects}, made for {width} × {height} pixels</source>
      <translation>{objects}, làm cho ảnh {width} × {height} điểm ảnh</translation>
    </message>
    <message>
      <source>{package} is not installed</source>
      <translation>{package} chưa được cài</translation>
    </message>
    <message>
      <source>{package} is not installed.</source>
      <translation>{package} chưa được cài.</translation>
    </message>
    <message>
      <source>{package} lacks {packages}</source>
      <translation>{package} thiếu {packages}</translation>
    </message>
    <message>
      <source>{path} does not exist.</source>
      <translation>{path} không tồn tại.</translation>
    </message>
    <message>
      <source>{path} in {name} is larger than it says.</source>
      <translation>{path} trong {name} lớn hơn kích thước nó khai.</translation>
    </message>
    <message>
      <source>{path} is a folder and no model.</source>
      <translation>{path} là một thư mục, không phải mô hình.</translation>
    </message>
    <message>
      <source>{server} answered with a web page.</source>
      <translation>{server} trả lời bằng một trang web.</translation>
    </message>
    <message>
      <source>{server} answered with something that makes no sense: {reason}.</source>
      <translation>{server} trả lời điều vô nghĩa: {reason}.</translation>
    </message>
    <message>
      <source>{server} does not accept the key.</source>
      <translation>{server} không chấp nhận khóa.</translation>
    </message>
    <message>
      <source>{server} does not answer as it should: {reason}.</source>
      <translation>{server} không trả lời đúng: {reason}.</translation>
    </message>
    <message>
      <source>{server} has another model under this name by now.</source>
      <translation>{server} nay có mô hình khác dưới tên này.</translation>
    </message>
    <message>
      <source>{server} has forgotten the picture.</source>
      <translation>{server} đã quên bức ảnh.</translation>
    </message>
    <message>
      <source>{server} has no model {name}.</source>
      <translation>{server} không có mô hình {name}.</translation>
    </message>
    <message>
      <source>{server} has no such model any more.</source>
      <translation>{server} không còn mô hình đó nữa.</translation>
    </message>
    <message>
      <source>{server} has several models: name one.</source>
      <translation>{server} có nhiều mô hình: hãy nêu tên một mô hình.</translation>
    </message>
    <message>
      <source>{server} is no address of a server.</source>
      <translation>{server} không phải địa chỉ máy chủ.</translation>
    </message>
    <message>
      <source>{server} refused: {reason}</source>
      <translation>{server} từ chối: {reason}</translation>
    </message>
    <message>
      <source>{server} sends its visitors elsewhere.</source>
      <translation>{server} chuyển khách đi nơi khác.</translation>
    </message>
    <message>
      <source>{share} % by chance, seed {seed}</source>
      <translation>{share} % ngẫu nhiên, hạt giống {seed}</translation>
    </message>
    <message>
      <source>{shown} is the key of “{owner}”, which will have it no longer.</source>
      <translation>{shown} là phím của “{owner}”, hành động đó sẽ không còn phím này.</translation>
    </message>
    <message>
      <source>{shown} opens the menu “{menu}”.</source>
      <translation>{shown} mở trình đơn “{menu}”.</translation>
    </message>
    <message>
      <source>{shown} usually belongs to the desktop, which may not let it through.</source>
      <translation>{shown} thường là phím của hệ thống, có thể không đến được chương trình.</translation>
    </message>
    <message>
      <source>{side} px</source>
      <translation>{side} px</translation>
    </message>
    <message>
      <source>{text} is no pattern: {error}.</source>
      <translation>{text} không phải là mẫu hợp lệ: {error}.</translation>
    </message>
    <message>
      <source>{things} left out: {reason}.</source>
      <translation>Bỏ qua {things}: {reason}.</translation>
    </message>
    <message>
      <source>{things} written as {target}.</source>
      <translation>{things} được ghi thành {target}.</translation>
    </message>
    <message>
      <source>{title} are no data set to import: open their folder.</source>
      <translation>{title} không phải bộ dữ liệu để nhập: hãy mở thư mục của chúng.</translation>
    </message>
    <message>
      <source>{title} cannot be used: {reason}.</source>
      <translation>Không dùng được {title}: {reason}.</translation>
    </message>
    <message>
      <source>{title} comes with the package {needs}.</source>
      <translation>{title} đi cùng gói {needs}.</translation>
    </message>
    <message>
      <source>{title} is a format that is only read.</source>
      <translation>{title} là định dạng chỉ để đọc.</translation>
    </message>
    <message>
      <source>{title} is nothing without pictures: copy or link them.</source>
      <translation>{title} cần có ảnh: hãy chép hoặc liên kết ảnh.</translation>
    </message>
    <message>
      <source>{title}, px</source>
      <translation>{title}, px</translation>
    </message>
    <message>
      <source>{title}: the image was changed meanwhile, so nothing was changed.</source>
      <translation>{title}: ảnh đã bị thay đổi trong lúc đó, nên không có gì được sửa.</translation>
    </message>
    <message>
      <source>{title}: {count:,} classes</source>
      <translation>{title}: {count:,} lớp</translation>
    </message>
    <message>
      <source>{total:,} images</source>
      <translation>{total:,} ảnh</translation>
    </message>
    <message>
      <source>{url} is not a secure address.</source>
      <translation>{url} không phải là địa chỉ an toàn.</translation>
    </message>
    <message>
      <source>{value:,.0f} ms on average over the latest {number}</source>
      <translation>trung bình {value:,.0f} ms cho {number} lần gần nhất</translation>
    </message>
    <message>
      <source>{value:,} around x {x:.0f} y {y:.0f}</source>
      <translation>{value:,} quanh x {x:.0f} y {y:.0f}</translation>
    </message>
    <message>
      <source>{value:,} objects</source>
      <translation>{value:,} đối tượng</translation>
    </message>
    <message>
      <source>{value} (*.{suffix});;All files (*)</source>
      <translation>{value} (*.{suffix});;Mọi tệp (*)</translation>
    </message>
    <message>
      <source>{value} holds no pictures.</source>
      <translation>{value} không có ảnh nào.</translation>
    </message>
    <message>
      <source>{value} to {value2}</source>
      <translation>{value} đến {value2}</translation>
    </message>
    <message>
      <source>{verb} was interrupted: {name}, in {name2}.</source>
      <translation>{verb} bị gián đoạn: {name}, trong {name2}.</translation>
    </message>
    <message>
      <source>{verb} with the package {needs}.</source>
      <translation>{verb} cùng gói {needs}.</translation>
    </message>
    <message>
      <source>{verb}: {images} with {objects}.</source>
      <translation>{verb}: {images} với {objects}.</translation>
    </message>
    <message>
      <source>{verb}: {labelled:,} images labelled, {shapes:,} objects found.</source>
      <translation>{verb}: đã gán nhãn {labelled:,} ảnh, tìm thấy {shapes:,} đối tượng.</translation>
    </message>
    <message>
      <source>“all of” the classes</source>
      <translation>“tất cả” của các lớp</translation>
    </message>
    <message>
      <source>“none of” the classes</source>
      <translation>“không có” của các lớp</translation>
    </message>
    <message>
      <source>“{label}” is not in the list of labels. Choose one of those.</source>
      <translation>“{label}” không có trong danh sách nhãn. Hãy chọn một nhãn ở đó.</translation>
    </message>
  </context>
  <context>
    <name>QPlatformTheme</name>
    <message>
      <source>OK</source>
      <translation>OK</translation>
    </message>
    <message>
      <source>Save</source>
      <translation>Lưu</translation>
    </message>
    <message>
      <source>Save All</source>
      <translation>Lưu tất cả</translation>
    </message>
    <message>
      <source>Open</source>
      <translation>Mở</translation>
    </message>
    <message>
      <source>&amp;Yes</source>
      <translation>&amp;Có</translation>
    </message>
    <message>
      <source>Yes to &amp;All</source>
      <translation>Có với &amp;tất cả</translation>
    </message>
    <message>
      <source>&amp;No</source>
      <translation>&amp;Không</translation>
    </message>
    <message>
      <source>N&amp;o to All</source>
      <translation>Khôn&amp;g với tất cả</translation>
    </message>
    <message>
      <source>Abort</source>
      <translation>Hủy bỏ</translation>
    </message>
    <message>
      <source>Retry</source>
      <translation>Thử lại</translation>
    </message>
    <message>
      <source>Ignore</source>
      <translation>Bỏ qua</translation>
    </message>
    <message>
      <source>Close</source>
      <translation>Đóng</translation>
    </message>
    <message>
      <source>Cancel</source>
      <translation>Hủy</translation>
    </message>
    <message>
      <source>Discard</source>
      <translation>Bỏ</translation>
    </message>
    <message>
      <source>Help</source>
      <translation>Trợ giúp</translation>
    </message>
    <message>
      <source>Apply</source>
      <translation>Áp dụng</translation>
    </message>
    <message>
      <source>Reset</source>
      <translation>Đặt lại</translation>
    </message>
    <message>
      <source>Restore Defaults</source>
      <translation>Về mặc định</translation>
    </message>
  </context>
  <context>
    <name>QWidgetTextControl</name>
    <message>
      <source>&amp;Undo</source>
      <translation>&amp;Hoàn tác</translation>
    </message>
    <message>
      <source>&amp;Redo</source>
      <translation>&amp;Làm lại</translation>
    </message>
    <message>
      <source>Cu&amp;t</source>
      <translation>&amp;Cắt</translation>
    </message>
    <message>
      <source>&amp;Copy</source>
      <translation>&amp;Sao chép</translation>
    </message>
    <message>
      <source>Copy &amp;Link Location</source>
      <translation>Sao chép địa chỉ &amp;liên kết</translation>
    </message>
    <message>
      <source>&amp;Paste</source>
      <translation>&amp;Dán</translation>
    </message>
    <message>
      <source>Delete</source>
      <translation>Xóa</translation>
    </message>
    <message>
      <source>Select All</source>
      <translation>Chọn tất cả</translation>
    </message>
  </context>
  <context>
    <name>QLineEdit</name>
    <message>
      <source>&amp;Undo</source>
      <translation>&amp;Hoàn tác</translation>
    </message>
    <message>
      <source>&amp;Redo</source>
      <translation>&amp;Làm lại</translation>
    </message>
    <message>
      <source>Cu&amp;t</source>
      <translation>&amp;Cắt</translation>
    </message>
    <message>
      <source>&amp;Copy</source>
      <translation>&amp;Sao chép</translation>
    </message>
    <message>
      <source>&amp;Paste</source>
      <translation>&amp;Dán</translation>
    </message>
    <message>
      <source>Delete</source>
      <translation>Xóa</translation>
    </message>
    <message>
      <source>Select All</source>
      <translation>Chọn tất cả</translation>
    </message>
  </context>
  <context>
    <name>QAbstractSpinBox</name>
    <message>
      <source>&amp;Select All</source>
      <translation>&amp;Chọn tất cả</translation>
    </message>
    <message>
      <source>&amp;Step up</source>
      <translation>&amp;Tăng</translation>
    </message>
    <message>
      <source>Step &amp;down</source>
      <translation>&amp;Giảm</translation>
    </message>
  </context>
  <context>
    <name>QFileDialog</name>
    <message>
      <source>Look in:</source>
      <translation>Tìm trong:</translation>
    </message>
    <message>
      <source>Back</source>
      <translation>Quay lại</translation>
    </message>
    <message>
      <source>Go back</source>
      <translation>Quay lại</translation>
    </message>
    <message>
      <source>Alt+Left</source>
      <translation>Alt+Left</translation>
    </message>
    <message>
      <source>Forward</source>
      <translation>Tiến</translation>
    </message>
    <message>
      <source>Go forward</source>
      <translation>Tiến</translation>
    </message>
    <message>
      <source>Parent Directory</source>
      <translation>Thư mục cha</translation>
    </message>
    <message>
      <source>Go to the parent directory</source>
      <translation>Đến thư mục cha</translation>
    </message>
    <message>
      <source>Create New Folder</source>
      <translation>Tạo thư mục mới</translation>
    </message>
    <message>
      <source>Create a New Folder</source>
      <translation>Tạo một thư mục mới</translation>
    </message>
    <message>
      <source>List View</source>
      <translation>Dạng danh sách</translation>
    </message>
    <message>
      <source>Change to list view mode</source>
      <translation>Chuyển sang dạng danh sách</translation>
    </message>
    <message>
      <source>Detail View</source>
      <translation>Dạng chi tiết</translation>
    </message>
    <message>
      <source>Change to detail view mode</source>
      <translation>Chuyển sang dạng chi tiết</translation>
    </message>
    <message>
      <source>File &amp;name:</source>
      <translation>&amp;Tên tệp:</translation>
    </message>
    <message>
      <source>Files of type:</source>
      <translation>Loại tệp:</translation>
    </message>
    <message>
      <source>&amp;Open</source>
      <translation>&amp;Mở</translation>
    </message>
    <message>
      <source>&amp;Save</source>
      <translation>&amp;Lưu</translation>
    </message>
    <message>
      <source>&amp;Choose</source>
      <translation>&amp;Chọn</translation>
    </message>
    <message>
      <source>Directory:</source>
      <translation>Thư mục:</translation>
    </message>
    <message>
      <source>&amp;Rename</source>
      <translation>Đổ&amp;i tên</translation>
    </message>
    <message>
      <source>&amp;Delete</source>
      <translation>&amp;Xóa</translation>
    </message>
    <message>
      <source>Show &amp;hidden files</source>
      <translation>Hiện tệp ẩ&amp;n</translation>
    </message>
    <message>
      <source>&amp;New Folder</source>
      <translation>Thư mục &amp;mới</translation>
    </message>
    <message>
      <source>All files (*)</source>
      <translation>Mọi tệp (*)</translation>
    </message>
    <message>
      <source>Directories</source>
      <translation>Thư mục</translation>
    </message>
    <message>
      <source>New Folder</source>
      <translation>Thư mục mới</translation>
    </message>
    <message>
      <source>Delete</source>
      <translation>Xóa</translation>
    </message>
    <message>
      <source>My Computer</source>
      <translation>Máy tính</translation>
    </message>
    <message>
      <source>Computer</source>
      <translation>Máy tính</translation>
    </message>
  </context>
  <context>
    <name>QFileSystemModel</name>
    <message>
      <source>Name</source>
      <translation>Tên</translation>
    </message>
    <message>
      <source>Size</source>
      <translation>Cỡ</translation>
    </message>
    <message>
      <source>Kind</source>
      <translation>Loại</translation>
    </message>
    <message>
      <source>Type</source>
      <translation>Loại</translation>
    </message>
    <message>
      <source>Date Modified</source>
      <translation>Ngày sửa</translation>
    </message>
    <message>
      <source>My Computer</source>
      <translation>Máy tính</translation>
    </message>
    <message>
      <source>Computer</source>
      <translation>Máy tính</translation>
    </message>
  </context>
  <context>
    <name>QColorDialog</name>
    <message>
      <source>Select Color</source>
      <translation>Chọn màu</translation>
    </message>
    <message>
      <source>&amp;Basic colors</source>
      <translation>Màu cơ &amp;bản</translation>
    </message>
    <message>
      <source>&amp;Custom colors</source>
      <translation>Màu tù&amp;y chọn</translation>
    </message>
    <message>
      <source>&amp;Add to Custom Colors</source>
      <translation>&amp;Thêm vào màu tùy chọn</translation>
    </message>
    <message>
      <source>&amp;Pick Screen Color</source>
      <translation>&amp;Lấy màu trên màn hình</translation>
    </message>
    <message>
      <source>Hu&amp;e:</source>
      <translation>Sắ&amp;c độ:</translation>
    </message>
    <message>
      <source>&amp;Sat:</source>
      <translation>Bão &amp;hòa:</translation>
    </message>
    <message>
      <source>&amp;Val:</source>
      <translation>&amp;Giá trị:</translation>
    </message>
    <message>
      <source>&amp;Red:</source>
      <translation>Đ&amp;ỏ:Đỏ:</translation>
    </message>
    <message>
      <source>&amp;Green:</source>
      <translation>&amp;Lục:</translation>
    </message>
    <message>
      <source>Bl&amp;ue:</source>
      <translation>Lam (&amp;U):</translation>
    </message>
    <message>
      <source>&amp;HTML:</source>
      <translation>&amp;HTML:</translation>
    </message>
  </context>
  <context>
    <name>QMessageBox</name>
    <message>
      <source>Show Details...</source>
      <translation>Hiện chi tiết…</translation>
    </message>
    <message>
      <source>Hide Details...</source>
      <translation>Ẩn chi tiết…</translation>
    </message>
    <message>
      <source>OK</source>
      <translation>OK</translation>
    </message>
    <message>
      <source>Help</source>
      <translation>Trợ giúp</translation>
    </message>
  </context>
</TS>
