#!/usr/bin/env bash
# Prints the command that starts Chromium: the one on PATH, else Debian's package, unpacked in the given folder without
# installing it. Exits with 1 if there is none, with the reason on standard error.
set -euo pipefail
for name in chromium chromium-browser google-chrome chromium-headless-shell; do
  if command -v "$name"; then exit 0; fi
done
folder=$(mkdir -p "$1" && cd "$1" && pwd)
start=$folder/chromium
if [ -x "$start" ]; then echo "$start"; exit 0; fi
command -v apt-get dpkg > /dev/null || { echo "neither Chromium nor apt-get is on PATH" >&2; exit 1; }
download() {
  mkdir -p "$folder/packages/partial"
  apt-get -o Dir::Cache::archives="$folder/packages" -o Debug::NoLocking=1 install --download-only --reinstall \
    --no-install-recommends --yes chromium-headless-shell fonts-wqy-microhei > "$folder/download.log" 2>&1
}
download || { apt-get update > "$folder/update.log" 2>&1 && download; } ||
  { echo "Debian's chromium-headless-shell could not be downloaded: $(tail -1 "$folder/download.log")" >&2; exit 1; }
for package in "$folder"/packages/*.deb; do dpkg -x "$package" "$folder/unpacked"; done
libraries=$(find "$folder/unpacked" -name '*.so*' -path '*/lib/*' -printf '%h\n' | sort -u | tr '\n' ':')
cat > "$folder/fonts.conf" <<FONTS
<?xml version="1.0"?>
<!DOCTYPE fontconfig SYSTEM "fonts.dtd">
<fontconfig>
  <include ignore_missing="yes">/etc/fonts/fonts.conf</include>
  <dir>$folder/unpacked/usr/share/fonts</dir>
  <cachedir>$folder/fonts</cachedir>
</fontconfig>
FONTS
cat > "$start.new" <<START
#!/bin/sh
export LD_LIBRARY_PATH="$libraries" FONTCONFIG_FILE="$folder/fonts.conf"
exec "$folder/unpacked/usr/lib/chromium/chromium-headless-shell" "\$@"
START
chmod +x "$start.new"
"$start.new" --no-sandbox --version > /dev/null 2>&1 || { echo "Debian's Chromium does not start here" >&2; exit 1; }
mv "$start.new" "$start"
echo "$start"
