"""The file that the other program of this name leaves: all of its settings, as its YAML library dumps them."""

DUMP = """\
auto_save: true
auto_use_last_label: false
canvas:
  double_click: close
  num_backups: 10
custom_models:
- classes:
  - person
  - bus
  config_file: /home/me/anylabeling_data/models/my-yolo/config.yaml
  display_name: My YOLO
  input_height: 640
  input_width: 640
  model_path: best.onnx
  name: my-yolo
  nms_threshold: 0.45
  score_threshold: 0.5
  type: yolov8
default_shape_color:
- 0
- 255
- 0
display_label_popup: true
epsilon: 10.0
file_dock:
  closable: false
  floatable: false
  movable: false
  show: true
file_search: null
fit_to_content:
  column: true
  row: false
flag_dock:
  closable: false
  floatable: false
  movable: false
  show: true
flags: null
keep_prev: false
keep_prev_brightness: false
keep_prev_contrast: false
keep_prev_scale: false
label_colors: null
label_completion: startswith
label_dock:
  closable: false
  floatable: false
  movable: false
  show: true
label_flags: null
labels: null
language: en_US
logger_level: info
shape:
  fill_color:
  - 220
  - 220
  - 220
  - 150
  hvertex_fill_color:
  - 255
  - 255
  - 255
  - 255
  line_color:
  - 0
  - 255
  - 0
  - 128
  point_size: 8
  select_fill_color:
  - 0
  - 255
  - 0
  - 155
  select_line_color:
  - 255
  - 255
  - 255
  - 255
  vertex_fill_color:
  - 0
  - 255
  - 0
  - 255
shape_color: auto
shape_dock:
  closable: false
  floatable: false
  movable: false
  show: true
shift_auto_shape_color: 0
shortcuts:
  add_point_to_edge: Ctrl+Shift+P
  auto_label: Ctrt+A
  close: Ctrl+W
  copy_polygon: Ctrl+C
  create_circle: null
  create_line: null
  create_linestrip: null
  create_point: null
  create_polygon:
  - P
  - Ctrl+N
  create_rectangle:
  - R
  - Ctrl+R
  delete_file: Ctrl+Delete
  delete_polygon: Delete
  duplicate_polygon: Ctrl+D
  edit_label: Ctrl+E
  edit_polygon: Ctrl+J
  fit_width: Ctrl+Shift+F
  fit_window: Ctrl+F
  group_selected_shapes: G
  open: Ctrl+O
  open_dir: Ctrl+U
  open_next:
  - D
  - Ctrl+Shift+D
  open_prev:
  - A
  - Ctrl+Shift+A
  paste_polygon: Ctrl+V
  quit: Ctrl+Q
  remove_selected_point: Backspace
  save: Ctrl+S
  save_as: Ctrl+Shift+S
  save_to: null
  toggle_auto_use_last_label: Ctrl+Y
  toggle_keep_prev_mode: Ctrl+P
  undo: Ctrl+Z
  undo_last_point: Ctrl+Z
  ungroup_selected_shapes: U
  zoom_in:
  - Ctrl++
  - Ctrl+=
  zoom_out: Ctrl+-
  zoom_to_original: Ctrl+0
show_cross_line: true
show_groups: true
show_label_text_field: true
show_texts: true
sort_labels: true
store_data: false
theme: system
ui:
  dock_state: AAAA/wAAAAD9AAAAAQAAAAEAAAEsAAACqPwCAAAAA/sAAAAKAEYAbABhAGcAcw==
validate_label: null
"""
