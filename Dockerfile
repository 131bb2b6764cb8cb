# The application's image: web, worker, beat and migrate are this one, with different commands.
FROM python:3.13-slim-bookworm AS packages
COPY qipathway/bootstrap/uv-requirements.txt /tmp/uv-requirements.txt
RUN pip install --no-cache-dir --require-hashes -r /tmp/uv-requirements.txt
COPY deploy/requirements.lock /tmp/requirements.lock
RUN uv venv /opt/qipathway \
 && uv pip install --python /opt/qipathway --no-cache --compile-bytecode --require-hashes \
    --only-binary :all: -r /tmp/requirements.lock

FROM python:3.13-slim-bookworm
ENV PATH=/opt/qipathway/bin:$PATH \
    PYTHONDONTWRITEBYTECODE=1 \
    PYTHONUNBUFFERED=1 \
    DJANGO_SETTINGS_MODULE=qipathway.settings \
    QIP_VAR=/srv/var
RUN useradd --uid 10001 --user-group --no-create-home --home-dir /nonexistent \
    --shell /usr/sbin/nologin qipathway \
 && install -d -o qipathway -g qipathway -m 0750 /srv/var/files \
 && install -d /srv/var/static
WORKDIR /srv/qipathway
COPY --from=packages /opt/qipathway /opt/qipathway
COPY manage.py ./
COPY deploy/probe.py deploy/
COPY templates templates
COPY static static
COPY residents residents
COPY curriculum curriculum
COPY mentorship mentorship
COPY capstone capstone
COPY qipathway qipathway
# Collecting needs settings that load, not secrets: with DEBUG the settings bring stand-ins.
RUN DEBUG=1 DATABASE_URL=postgres://localhost/none \
    python manage.py collectstatic --noinput --verbosity 0
USER qipathway
EXPOSE 8000
CMD ["gunicorn", "qipathway.wsgi", "--bind", "0.0.0.0:8000", "--worker-class", "gthread", \
     "--workers", "2", "--threads", "8", "--worker-tmp-dir", "/dev/shm", "--no-control-socket", \
     "--max-requests", "5000", "--max-requests-jitter", "500", "--graceful-timeout", "25"]
