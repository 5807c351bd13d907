/**
 * The catalogue of errors a caller can get. The wire form is `{code, message, details?, requestId}`; the UI
 * translates by code, `message` is for people reading logs and answers by hand (Chinese first, then English).
 */
export const errorCatalogue = {
  INVALID_INPUT: [400, '输入不符合要求', 'The input does not match what this call takes'],
  BROKEN_JSON: [400, '请求内容不是有效的 JSON', 'The body is not valid JSON'],
  RECTANGLE_OUTSIDE_PICTURE: [400, '框选超出画面', 'The rectangle lies outside the picture'],
  RECTANGLE_ABOVE_HORIZON: [422, '框选位于地平线以上，无法定位', 'The rectangle lies above the horizon'],
  RECTANGLE_OUT_OF_RANGE: [422, '框选超出摄像机定位范围', "The rectangle lies beyond the camera's range"],
  UNKNOWN_CLASS: [422, '类别不存在', 'There is no such class'],
  UNKNOWN_CONDITION: [422, '该类别没有这个立案条件', 'The class has no such condition'],
  UNKNOWN_UNIT: [422, '责任单位不存在', 'There is no such unit'],
  UNKNOWN_PART: [422, '部件不存在', 'There is no such part'],
  CLASS_WITHOUT_LIMIT: [422, '类别没有处置时限', 'The class has no handling limit'],
  POSITION_OUTSIDE_DISTRICT: [422, '位置不在本区范围内', 'The position lies outside the district'],
  POSITION_REQUIRED: [422, '立案需要位置', 'Filing needs a position'],
  CLASS_REQUIRED: [422, '立案需要类别', 'Filing needs a class'],
  CAMERA_NOT_CALIBRATED: [409, '摄像机尚未标定', 'The camera has no calibration yet'],
  CALIBRATION_FAILED: [422, '标定失败', 'The calibration cannot be computed from these pairs'],
  SOURCE_REFUSED: [422, '视频源地址不被接受', 'The video source address is not accepted'],
  NOT_SIGNED_IN: [401, '请先登录', 'Sign in first'],
  SESSION_EXPIRED: [401, '登录已过期，请重新登录', 'The session has expired; sign in again'],
  WRONG_CREDENTIALS: [401, '用户名或密码错误', 'Wrong user name or password'],
  CROSS_SITE_REFUSED: [403, '拒绝来自其他网站的请求', 'A request from another site is refused'],
  NOT_ALLOWED: [403, '您的角色不能执行此操作', 'Your role may not do this'],
  SAMPLE_ENTRY_REFUSED: [
    403,
    '示例账户只能在本机一键进入',
    'Sample accounts open by one click on the same machine only',
  ],
  NOT_FOUND: [404, '未找到', 'Not found'],
  CAMERA_NOT_FOUND: [404, '未找到摄像机', 'There is no such camera'],
  CASE_NOT_FOUND: [404, '未找到案件', 'There is no such case'],
  REPORT_NOT_FOUND: [404, '未找到上报', 'There is no such report'],
  ATTACHMENT_NOT_FOUND: [404, '未找到附件', 'There is no such attachment'],
  TIME_OUTSIDE_RING: [404, '该时间不在录像范围内', 'The time lies outside the recording'],
  STALE_VERSION: [
    409,
    '案件已被他人更新，请查看最新内容',
    'Somebody changed it meanwhile; look at the current state',
  ],
  ACTION_NOT_ALLOWED: [409, '当前环节不允许此操作', 'The stage does not allow this action'],
  ALREADY_UNDONE: [409, '该修改已撤销', 'The change has been undone already'],
  CHANGED_SINCE: [409, '之后又有修改，无法撤销', 'It was changed again since, so it cannot be undone'],
  NOT_UNDOABLE: [409, '此类修改不能撤销', 'A change of this kind cannot be undone'],
  UNDO_EXPIRED: [409, '撤销时间已过', 'The time for undoing is over'],
  REPORT_DECIDED: [409, '该上报已处理', 'The report has been decided already'],
  IDEMPOTENCY_KEY_REUSED: [422, '同一幂等键用于不同内容', 'The idempotency key was used with another body'],
  REQUEST_IN_PROGRESS: [409, '相同请求正在处理', 'The same request is being worked on'],
  REASON_REQUIRED: [422, '请填写原因', 'A reason is required'],
  UNIT_REQUIRED: [422, '请选择责任单位', 'A unit must be chosen: no rule names one'],
  EVIDENCE_REQUIRED: [422, '请附照片', 'A photo is required'],
  VERDICT_REQUIRED: [422, '请填写核查结论', 'Say whether the check passed'],
  TOO_LARGE: [413, '内容过大', 'The body is too large'],
  NOT_AN_IMAGE: [415, '上传的文件不是 JPEG、PNG 或 WebP 图片', 'The upload is not a JPEG, PNG or WebP image'],
  MEDIA_TYPE_REFUSED: [415, '不支持的内容类型', 'The content type is not supported'],
  TOO_MANY_REQUESTS: [429, '操作过于频繁，请稍后再试', 'Too many requests; try again later'],
  DEADLINE_OUTSIDE_CALENDAR: [503, '工作日历缺少数据', 'The working calendar has no data for that time'],
  CAMERA_OFFLINE: [503, '摄像机离线', 'The camera is offline'],
  MEDIA_DECODER_MISSING: [
    503,
    '服务器未安装 ffmpeg，无法解码画面',
    'The server has no ffmpeg to decode pictures with',
  ],
  BUSY: [503, '服务器繁忙，请稍后再试', 'The server is busy; try again'],
  INTERNAL: [500, '服务器内部错误', 'Something failed on the server'],
} as const satisfies Record<string, readonly [status: number, zh: string, en: string]>;

export type ErrorCode = keyof typeof errorCatalogue;

/** An error whose code and message may be shown to the caller. */
export class AppError extends Error {
  readonly code: ErrorCode;
  readonly status: number;
  readonly details: unknown;

  constructor(code: ErrorCode, details?: unknown) {
    const [status, zh, en] = errorCatalogue[code];
    super(`${zh} / ${en}`);
    this.code = code;
    this.status = status;
    this.details = details;
  }
}

/** `throw appError('CAMERA_NOT_FOUND', { cameraId })`. */
export function appError(code: ErrorCode, details?: unknown): AppError {
  return new AppError(code, details);
}
