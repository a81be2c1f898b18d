# The HTTP API. It never touches media, so there is no media tool in this image.
FROM node:24-bookworm-slim AS build
WORKDIR /app
COPY package.json package-lock.json .npmrc ./
RUN npm ci
COPY . .
RUN npm run build && npm prune --omit=dev && rm -rf node_modules/shaka-packager node_modules/onnxruntime-node

FROM node:24-bookworm-slim
ENV NODE_ENV=production
WORKDIR /app
COPY --from=build /app/package.json ./
COPY --from=build /app/node_modules ./node_modules
COPY --from=build /app/dist ./dist
COPY --from=build /app/apps/console ./apps/console
USER node
EXPOSE 8080
CMD ["node", "--enable-source-maps", "dist/apps/api/main.js"]
