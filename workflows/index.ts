export { cleanUp } from './clean-up.workflow';
export { housekeeping } from './housekeeping.workflow';
export { processVideo } from './video/process-video.workflow';
export { protectTitle } from './protection/protect-title.workflow';
export { protect } from './protection/protect.workflow';
export { joinFamily } from './family/join-family.workflow';
export { leaveFamily } from './family/leave-family.workflow';
export { transcodeFamily } from './family/transcode-family.workflow';
