export { cleanUp } from './clean-up.workflow';
export { housekeeping } from './housekeeping.workflow';
export { processVideo } from './video/process-video.workflow';
export { transcodeFamily } from './family/transcode-family.workflow';
