# One image for every process; which one runs is the command (docker-compose.yml).
ARG NODE_IMAGE=node:24.21.0-bookworm-slim

FROM ${NODE_IMAGE} AS build
WORKDIR /app
COPY package.json package-lock.json .npmrc ./
COPY src/clients/http/package.json src/clients/http/
RUN npm ci --ignore-scripts
COPY tsconfig.json tsconfig.package.json ./
COPY src src
COPY workflows workflows
COPY activities activities
COPY docs/payment.md docs/
# Of the SDK's native libraries, one for each platform, only this image's is ever loaded.
RUN npm run build && rm -rf dist/src/dev && npm prune --omit=dev --ignore-scripts \
  && find node_modules/@temporalio/core-bridge/releases -mindepth 1 -maxdepth 1 \
    ! -name "$(uname -m)-unknown-linux-gnu" -exec rm -r {} +

FROM ${NODE_IMAGE}
# Which version of the workflows is inside; unset, workers are not versioned.
ARG BUILD_ID=
LABEL org.opencontainers.image.title=paytone-payments org.opencontainers.image.revision=$BUILD_ID
WORKDIR /app
ENV NODE_ENV=production WORKER_BUILD_ID=$BUILD_ID
COPY --from=build /app/package.json ./
COPY --from=build /app/node_modules node_modules
COPY --from=build /app/dist dist
# By number, so that Kubernetes sees that it is not root.
USER 1000:1000
CMD ["node", "dist/src/main/worker.js"]
