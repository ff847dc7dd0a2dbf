# Stands in for postgres:17-bookworm: Debian's PostgreSQL, set up on its first start as that image does it.
FROM paytone-standin/debian
RUN groupadd --gid 999 postgres \
  && useradd --uid 999 --gid 999 --home-dir /var/lib/postgresql --create-home postgres \
  && apt-get update -qq \
  && DEBIAN_FRONTEND=noninteractive apt-get install -qq -y --no-install-recommends postgresql \
  && rm -rf /var/lib/apt/lists/* /var/lib/postgresql/* \
  && install -d -o postgres -g postgres -m 0700 /var/lib/postgresql/data \
  && ln -s /usr/lib/postgresql/*/bin /usr/lib/postgresql/bin
ENV PATH=/usr/lib/postgresql/bin:$PATH PGDATA=/var/lib/postgresql/data
COPY postgres.sh /
STOPSIGNAL SIGINT
ENTRYPOINT ["/postgres.sh"]
CMD ["postgres"]
