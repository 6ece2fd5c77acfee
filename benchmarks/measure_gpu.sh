#!/bin/bash
# All that is measured on a machine with a GPU, most telling first: measure_gpu.sh MODELS PHOTOS RESULTS [FILES]
# MODELS holds yolo11n.onnx, yolov8n.onnx, yolov5s.onnx and yolo11n-seg.onnx, PHOTOS holds JPEG files.
set -u
models=$1 photos=$2 results=$3 files=${4:-6000}
python=${PYTHON:-python3}
backend=${BACKEND:-onnx-gpu}
mkdir -p "$results"

step() {
    local name=$1 seconds=$2
    shift 2
    local start=$SECONDS
    timeout "$seconds" "$python" -m "$@" --output "$results/$name.json" >"$results/$name.txt" 2>&1
    echo "$name: exit $?, $((SECONDS - start)) s"
    tail -n 25 "$results/$name.txt"
}

step pipeline 130 benchmarks.benchmark_inference --model "$models/yolo11n.onnx" --images "$photos" --count "$files" \
    --turns 2 --rounds 10 --loop-share 20 --backend "$backend" \
    --variant processes=11 --variant max_batch_size=32 --variant processes=0
step agreement 40 benchmarks.check_agreement --model "$models/yolo11n.onnx" --images "$photos" --count 40
step ceiling 30 benchmarks.benchmark_pipeline --model "$models/yolo11n.onnx" --images "$photos" --count "$files" \
    --turns 2
step pipeline-1080p 80 benchmarks.benchmark_inference --model "$models/yolo11n.onnx" --images "$photos" \
    --count $((files / 3)) --width 1920 --turns 2 --rounds 3 --loop-share 10 --backend "$backend"
step pipeline-seg 35 benchmarks.benchmark_inference --model "$models/yolo11n-seg.onnx" --images "$photos" \
    --count $((files / 6)) --turns 1 --rounds 3 --loop-share 20 --backend "$backend"
step switches 60 benchmarks.benchmark_switches --backend "$backend" \
    --models "$models"/{yolo11n,yolov8n,yolo11n-seg}.onnx
step graphs 80 benchmarks.benchmark_graphs --model "$models/yolo11n.onnx" --seconds 0.3
