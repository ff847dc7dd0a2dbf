# Stands in for temporalio/server and temporalio/admin-tools: the same programs, built from their Go module, in one image.
FROM paytone-standin/debian
RUN groupadd --gid 1000 temporal && useradd --uid 1000 --gid 1000 temporal
COPY temporal-server temporal-sql-tool temporal /usr/local/bin/
COPY schema /etc/temporal/schema
# Written for Alpine's shell.
COPY entrypoint.sh /etc/temporal/
RUN sed -i '1s|/bin/sh|/bin/bash|' /etc/temporal/entrypoint.sh && chmod 0755 /etc/temporal/entrypoint.sh
WORKDIR /etc/temporal
USER temporal
CMD ["/etc/temporal/entrypoint.sh"]
