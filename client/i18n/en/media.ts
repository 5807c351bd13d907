import type { media as zh } from '../zh-CN/media.ts';
import type { Texts } from '../texts.ts';

export const media: Texts<typeof zh> = {
  state: { connecting: 'Connecting', live: 'Live', late: 'Late', lost: 'No picture', off: 'Off' },
  reason: {
    STALLED: 'The picture stands still',
    SOURCE_ENDED: 'The source has ended',
    SOURCE_FAILED: 'The source has failed',
    CONNECTION_REFUSED: 'The camera refuses connections',
    HOST_UNREACHABLE: 'The camera cannot be reached',
    TIMED_OUT: 'The camera does not answer',
    AUTHENTICATION_REFUSED: 'The camera refuses the password',
    STREAM_NOT_FOUND: 'The camera has no such stream',
    NO_VIDEO: 'The source carries no video',
    CODEC_UNSUPPORTED: 'This codec is not supported',
    FFMPEG_MISSING: 'The server has no ffmpeg',
    CLIP_MISSING: 'The sample clip is missing',
    CLIP_INVALID: 'The sample clip is broken',
    URL_FORBIDDEN: 'The address of the source is not allowed',
    CAMERA_UNKNOWN: 'There is no such camera',
    NOT_WATCHED: 'Nobody watches',
  },
};
