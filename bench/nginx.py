"""nginx as a yardstick (files from disk) and as the front that speaks HTTP/2."""

from __future__ import annotations

import shutil
from pathlib import Path

from bench.serving.answer import SentAnswer

# One worker, as each server has one core; sending files as nginx's own guide advises.
_MAIN = """
daemon off; master_process off; pid {folder}/nginx.pid; error_log {folder}/error.log;
events {{ worker_connections 1024; }}
http {{
  access_log off; server_tokens off; etag off; max_ranges 0; if_modified_since off;
  sendfile on; tcp_nopush on; tcp_nodelay on; keepalive_requests 100000000;
  open_file_cache max=1000 inactive=60s;
  client_body_temp_path {folder}/body; proxy_temp_path {folder}/proxy;
  fastcgi_temp_path {folder}/fastcgi; uwsgi_temp_path {folder}/uwsgi; scgi_temp_path {folder}/scgi;
  default_type text/html; charset utf-8;
{servers}
}}
"""


def command(folder: Path, servers: str) -> list[str]:
    """Write nginx's settings into `folder` and return the command that runs it."""
    folder.mkdir(parents=True, exist_ok=True)
    file = folder / "nginx.conf"
    file.write_text(_MAIN.format(folder=folder, servers=servers))
    program = shutil.which("nginx") or "/usr/sbin/nginx"
    return [program, "-e", str(folder / "error.log"), "-c", str(file)]


def sending_file(folder: Path, answer: SentAnswer, *, port: int) -> str:
    """Return a server that sends `answer`, its bytes stored as a file in `folder`."""
    files = folder / "files"
    files.mkdir(parents=True, exist_ok=True)
    (files / "page").write_bytes(answer.body)
    kept = [(n, v) for n, v in answer.headers if n not in {"content-type", "content-length"}]
    headers = "".join(f'    add_header {n} "{_quoted(v)}" always;\n' for n, v in kept)
    return f"""
  server {{
    listen 127.0.0.1:{port};
    root {files};
    add_header Last-Modified "";
{headers}
    location / {{ try_files /page =404; }}
    location = /healthz {{ return 200; }}
  }}"""


def _quoted(value: str) -> str:
    return value.replace("\\", "\\\\").replace('"', '\\"').replace("$", "${dollar}")
