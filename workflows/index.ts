export { processVideo } from './process-video.workflow';
export { transcodeFamily } from './transcode-family.workflow';
