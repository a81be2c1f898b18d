export { cleanUp } from './clean-up.workflow';
export { housekeeping } from './housekeeping.workflow';
export { processVideo } from './process-video.workflow';
export { transcodeFamily } from './transcode-family.workflow';
