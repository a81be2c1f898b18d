# The HTTP API. It never touches media, so there is no media tool in this image.
# A base is pinned by its digest with `--build-arg NODE_IMAGE=node:24-bookworm-slim@sha256:...`; the digest of the day you build is the registry's to tell.
ARG NODE_IMAGE=node:24-bookworm-slim

FROM ${NODE_IMAGE} AS build
WORKDIR /app
COPY package.json package-lock.json .npmrc ./
RUN npm ci
COPY . .
RUN npm run build && npm prune --omit=dev && rm -rf node_modules/shaka-packager node_modules/onnxruntime-node

FROM ${NODE_IMAGE}
ENV NODE_ENV=production
WORKDIR /app
COPY --from=build /app/package.json ./
COPY --from=build /app/node_modules ./node_modules
COPY --from=build /app/dist ./dist
COPY --from=build /app/apps/console ./apps/console
USER node
EXPOSE 8080
CMD ["node", "--enable-source-maps", "dist/apps/api/main.js"]
