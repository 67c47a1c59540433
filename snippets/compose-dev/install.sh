mkdir -p packages
echo 'def bold(text): return "<b>" + text + "</b>"' > packages/paint.py
