# Sourced by ./run and ./test: finds a Python that will do, and keeps .venv as a lock file says.
# Nothing else on the machine is touched.

say() { printf '%s\n' "$*" >&2; }

# Prints the first Python that is new enough.
find_python() {
  local each
  for each in "${PYTHON:-python3}" python3.13 python3.12 python3.11 python3.14 python3; do
    if "$each" -c 'import sys; sys.exit(sys.version_info < (3, 11))' >/dev/null 2>&1; then
      printf '%s\n' "$each"
      return
    fi
  done
  say "Tandem needs Python 3.11 or newer, and none was found. Install it, then try again."
  return 1
}

# install_lock LOCK [ALSO_GOOD]: install what LOCK pins into .venv, unless it is there already.
# ALSO_GOOD names a lock that holds everything of LOCK and more.
install_lock() {
  local lock="$1" also="${2:-$1}" marker="$here/.venv/installed" python
  if [ -x "$here/.venv/bin/python" ] && [ -f "$marker" ]; then
    case "$(cat "$marker")" in
      "$(lock_mark "$lock")" | "$(lock_mark "$also")") return ;;
    esac
  fi
  python="$(find_python)"
  say "Installing what $lock names (only when it changes) …"
  make_venv "$python"
  if command -v uv >/dev/null 2>&1; then
    UV_PYTHON_DOWNLOADS=never uv pip install --quiet --python "$here/.venv/bin/python" \
      --require-hashes -r "$here/$lock"
  else
    "$here/.venv/bin/python" -m pip install -qq --disable-pip-version-check --no-input \
      --require-hashes -r "$here/$lock"
  fi
  lock_mark "$lock" >"$marker"
}

lock_mark() { printf '%s %s\n' "$1" "$(cksum <"$here/$1")"; }

make_venv() {
  if "$here/.venv/bin/python" -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null; then
    return
  fi
  rm -rf "$here/.venv"
  if command -v uv >/dev/null 2>&1; then
    UV_PYTHON_DOWNLOADS=never uv venv --quiet --python "$(command -v "$1")" "$here/.venv"
  elif ! "$1" -m venv "$here/.venv" >/dev/null 2>&1; then
    say "Python's venv module is missing. On Debian and Ubuntu: apt-get install python3-venv"
    return 1
  fi
}
