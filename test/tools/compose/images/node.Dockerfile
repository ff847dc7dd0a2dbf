# Stands in for node:24-bookworm-slim: Node from its npm package, npm from this machine.
FROM paytone-standin/debian
RUN groupadd --gid 1000 node && useradd --uid 1000 --gid 1000 --create-home node
COPY node /usr/local/bin/
COPY npm /usr/local/lib/node_modules/npm
RUN ln -s ../lib/node_modules/npm/bin/npm-cli.js /usr/local/bin/npm \
  && ln -s ../lib/node_modules/npm/bin/npx-cli.js /usr/local/bin/npx
# The registry's certificate, as this machine trusts it.
COPY ca-certificates.crt /etc/ssl/certs/
ENV NODE_EXTRA_CA_CERTS=/etc/ssl/certs/ca-certificates.crt
CMD ["node"]
