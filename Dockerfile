# One image for every process; which one runs is the command (docker-compose.yml).
FROM node:20.20-bookworm-slim AS build
WORKDIR /app
COPY package.json package-lock.json .npmrc ./
RUN npm ci --ignore-scripts
COPY tsconfig.json ./
COPY src src
COPY workflows workflows
COPY activities activities
COPY test test
RUN npm run build && rm -rf dist/test dist/src/dev && npm prune --omit=dev --ignore-scripts

FROM node:20.20-bookworm-slim
# Which version of the workflows is inside; unset, workers are not versioned.
ARG BUILD_ID=
LABEL org.opencontainers.image.title=paytone-payments org.opencontainers.image.revision=$BUILD_ID
WORKDIR /app
ENV NODE_ENV=production WORKER_BUILD_ID=$BUILD_ID
COPY --from=build /app/package.json ./
COPY --from=build /app/node_modules node_modules
COPY --from=build /app/dist dist
USER node
CMD ["node", "dist/src/main/worker.js"]
