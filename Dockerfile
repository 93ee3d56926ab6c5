# The bot in one container: `gapwatch up`, its books in /data. Debian 13's SQLite is new enough for all it asks.
FROM python:3.13-slim-trixie

RUN useradd --create-home --uid 1000 gapwatch && mkdir /data && chown gapwatch /data
WORKDIR /app
COPY requirements.txt pyproject.toml README.md ./
RUN pip install --no-cache-dir --require-hashes -r requirements.txt
COPY migrations migrations
COPY recon recon
COPY bot bot
RUN pip install --no-cache-dir --no-deps --no-build-isolation --editable .

# The books are where it runs unless a setting says otherwise, and whatever a platform or a person sets wins.
USER gapwatch
WORKDIR /data
ENV PORT=3000
VOLUME /data
EXPOSE 3000
HEALTHCHECK --start-period=20s CMD ["python", "-c", "import os, urllib.request as u; u.urlopen('http://127.0.0.1:' + (os.environ.get('GAPWATCH_PORT') or os.environ['PORT']) + '/healthz', timeout=3)"]
ENTRYPOINT ["gapwatch"]
CMD ["up"]
