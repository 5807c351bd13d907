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
  API_KEY_REFUSED: [401, 'API 密钥无效、已过期或已撤销', 'The API key is unknown, expired or revoked'],
  API_KEY_READ_ONLY: [403, '该 API 密钥只能读取', 'The API key may only read'],
  CROSS_SITE_REFUSED: [403, '拒绝来自其他网站的请求', 'A request from another site is refused'],
  NOT_ALLOWED: [403, '您的角色不能执行此操作', 'Your role may not do this'],
  SAMPLE_ENTRY_REFUSED: [
    403,
    '示例账户只能在本机一键进入',
    'Sample accounts open by one click on the same machine only',
  ],
  NOT_FOUND: [404, '未找到', 'Not found'],
  CAMERA_NOT_FOUND: [404, '未找到摄像机', 'There is no such camera'],
  BULLETIN_NOT_FOUND: [404, '未找到通报', 'There is no such bulletin'],
  BULLETIN_STEP_REFUSED: [409, '通报当前状态不允许此操作', 'The bulletin is not in a state for this step'],
  BULLETIN_PUBLISHED: [409, '该周期的通报已正式发布', 'The bulletin of the period has been published'],
  BULLETIN_CONTESTS_OPEN: [409, '仍有申诉未裁定', 'Contests of the period are not decided yet'],
  BULLETIN_OWN_REVIEW: [403, '审核须由他人进行', 'Somebody else than its author has to review it'],
  CONTEST_NOT_COUNTED: [
    422,
    '案件尚未计入任何月份的评价，不能申诉',
    'The case counts in no month yet, so there is nothing to contest',
  ],
  CONTEST_WINDOW_OVER: [409, '申诉期限已过', 'The time for contesting is over'],
  CONTEST_EXISTS: [409, '该案件已有申诉', 'The case was contested already'],
  CONTEST_DECIDED: [409, '该申诉已裁定', 'The contest has been decided already'],
  PERIOD_FROZEN: [
    409,
    '该周期的通报已正式发布，结果不再变动',
    'A bulletin that covers the period is published: its figures are frozen',
  ],
  PERIOD_NOT_OVER: [409, '该周期尚未结束', 'The period is not over yet'],
  CASE_NOT_FOUND: [404, '未找到案件', 'There is no such case'],
  REPORT_NOT_FOUND: [404, '未找到上报', 'There is no such report'],
  ATTACHMENT_NOT_FOUND: [404, '未找到附件', 'There is no such attachment'],
  TIME_OUTSIDE_RING: [404, '该时间不在录像范围内', 'The time lies outside the recording'],
  STALE_VERSION: [
    409,
    '内容已被他人更新，请查看最新内容',
    'Somebody changed it meanwhile; look at the current state',
  ],
  PART_CODE_TAKEN: [409, '该部件编码已被使用', 'Another part has this code'],
  PART_CODE_WRONG: [422, '编码与所在区或类别不符', 'The code does not fit the district or the class'],
  PART_CODES_USED_UP: [422, '该类别的编码已用完', 'The class has no free code left in the district'],
  PART_AUTHORITY_REQUIRED: [422, '请填写主管部门', 'The authority in charge must be named'],
  EXPORT_TOO_LARGE: [
    422,
    '导出的行数超过该格式的上限，请缩小范围或换一种格式',
    'More rows than the format holds',
  ],
  TOO_MANY_PARTS: [422, '一次修改的部件过多，请缩小范围', 'Too many parts at once; narrow the filter'],
  TOO_MANY_PHOTOS: [422, '照片数量已达上限', 'The part has as many photos as it may have'],
  ACTION_NOT_ALLOWED: [409, '当前环节不允许此操作', 'The stage does not allow this action'],
  SET_IN_FORCE: [409, '该版字典已在使用', 'The set is in force already'],
  ALREADY_UNDONE: [409, '该修改已撤销', 'The change has been undone already'],
  CHANGED_SINCE: [409, '之后又有修改，无法撤销', 'It was changed again since, so it cannot be undone'],
  TOO_MANY_VIEWS: [409, '保存的视图已达上限', 'You have as many saved views as there may be'],
  NOT_UNDOABLE: [409, '此类修改不能撤销', 'A change of this kind cannot be undone'],
  UNDO_EXPIRED: [409, '撤销时间已过', 'The time for undoing is over'],
  REPORT_DECIDED: [409, '该上报已处理', 'The report has been decided already'],
  REPORT_NOT_MERGED: [409, '该上报未并入案件', 'The report is not merged into a case'],
  IDEMPOTENCY_KEY_REUSED: [422, '同一幂等键用于不同内容', 'The idempotency key was used with another body'],
  REQUEST_IN_PROGRESS: [409, '相同请求正在处理', 'The same request is being worked on'],
  REASON_REQUIRED: [422, '请填写原因', 'A reason is required'],
  UNIT_REQUIRED: [422, '请选择责任单位', 'A unit must be chosen: no rule names one'],
  EVIDENCE_REQUIRED: [422, '请附照片', 'A photo is required'],
  RETURN_REASON_REQUIRED: [422, '请选择退回原因', 'Say for which reason the case is returned'],
  SECONDS_REQUIRED: [422, '请填写时长', 'Say for how long'],
  SECONDS_OUT_OF_RANGE: [422, '时长超出允许范围', 'The time is shorter or longer than it may be'],
  DECISION_REQUIRED: [422, '请选择同意或不同意', 'Say whether it is approved'],
  REQUEST_DECIDED: [409, '该申请已处理', 'The request has been decided already'],
  CHECKER_REFUSED: [422, '该人员不能核查此案件', 'This person may not check the case'],
  ARBITER_REFUSED: [422, '裁定人须为在岗的督办员或管理员', 'The arbiter must be a supervisor in service'],
  DEADLINE_PASSED: [422, '按此时限截止时间已过', 'With this limit the deadline would lie in the past'],
  VERDICT_REQUIRED: [422, '请填写核查结论', 'Say whether the check passed'],
  IMPORT_EMPTY: [422, '文件中没有数据', 'The file has no rows'],
  IMPORT_UNKNOWN_FORMAT: [
    415,
    '无法识别的文件格式',
    'The format of the file is not one that can be imported',
  ],
  IMPORT_BROKEN_FILE: [422, '文件已损坏或不完整', 'The file is damaged or incomplete'],
  IMPORT_TOO_LARGE: [413, '文件超过导入上限', 'The file is larger than an import takes'],
  IMPORT_ARCHIVE_REFUSED: [422, '压缩包不被接受', 'The archive is not accepted'],
  IMPORT_LINE_TOO_LONG: [
    422,
    '文件中有一行过长，分隔符或引号可能有误',
    'A line of the file is too long; its delimiter or a quotation mark may be wrong',
  ],
  IMPORT_NO_COLUMNS: [422, '无法按分隔符拆分出列', 'The lines cannot be cut into columns'],
  IMPORT_UNKNOWN_LAYER: [
    422,
    '文件中没有该图层，或需要选择图层',
    'The file has no such layer, or one must be chosen',
  ],
  IMPORT_UNKNOWN_COLUMN: [
    422,
    '字段对应了文件中不存在的列',
    'The mapping names a column or a field there is not',
  ],
  IMPORT_MAPPING_INCOMPLETE: [422, '必填字段没有对应的列', 'A required field has no column'],
  IMPORT_UNKNOWN_REFERENCE_SYSTEM: [
    422,
    '未知的坐标系',
    'The reference system of the coordinates is not known',
  ],
  UNREADABLE_CODE: [422, '代码的位数或字母不符合任何编码规则', 'The code has the form of none that is known'],
  EDITION_REQUIRED: [
    422,
    '16 位部件代码和 10 位事件代码请说明所用标准的年版',
    'Say which edition a code of the old length belongs to',
  ],
  UNKNOWN_DIVISION: [422, '区划不存在', 'There is no such division'],
  UNKNOWN_CELL: [422, '单元网格不存在', 'There is no such cell'],
  TOO_MANY_CELLS: [
    422,
    '社区的单元网格超过 999 个，请加大目标面积',
    'A community would have more than 999 cells; choose a larger target area',
  ],
  OUTLINE_INVALID: [422, '边界不是有效的多边形', 'The outline is not a valid polygon'],
  CELL_OUTSIDE_COMMUNITY: [422, '单元网格超出所属社区', 'The cell reaches beyond its community'],
  CELL_OVERLAPS: [422, '单元网格与相邻网格重叠', 'The cell overlaps another'],
  PLAN_NOT_READY: [409, '网格划分尚未完成或已失败', 'The grid plan is not done, or it failed'],
  PLAN_APPLIED: [409, '该网格划分已启用', 'The grid plan has been applied already'],
  PLAN_OUTDATED: [
    409,
    '社区边界在划分之后有变化，请重新划分',
    'The communities changed since the plan was made; make it anew',
  ],
  CELL_HAS_HEAD: [
    409,
    '所选单元网格在此期间已有负责人',
    'Some of the cells have a head of that role on those days already',
  ],
  CALENDAR_DAY_REFUSED: [
    422,
    '日期不存在，或不在可编辑的年份内',
    'There is no such day, or its year is not one that may be edited',
  ],
  WORKING_HOURS_OVERLAP: [422, '工作时段重叠或为空', 'Working hours overlap or are empty'],
  SEASONS_DO_NOT_MEET: [
    422,
    '作息季节没有覆盖全年，或有重叠的日期',
    'The seasons leave out a day of the year, or share one',
  ],
  WEEK_WITHOUT_WORK: [422, '一周不能全部休息', 'A week cannot rest on all its days'],
  NO_STATE_COUNCIL_DAYS: [
    422,
    '内置节假日表中还没有该年的安排，请按国务院通知逐日录入',
    'The kept table does not have that year yet; enter its days by hand',
  ],
  LIMIT_REPLACES_NONE: [
    422,
    '该时限没有取代其他时限，没有需要改用它的案件',
    'The limit took the place of no other, so no case changes to it',
  ],
  JOB_ENDED: [409, '任务已结束', 'The job has ended already'],
  JOB_INTERRUPTED: [
    503,
    '任务因服务中断而终止，数据未改动',
    'The job was cut off with its process; the data is as it was before',
  ],
  IMPORT_FILE_REQUIRED: [400, '请上传一个文件', 'Upload one file'],
  IMPORT_FILE_GONE: [410, '上传的文件已清除，请重新上传', 'The uploaded file was removed; upload it again'],
  IMPORT_ROWS_REJECTED: [422, '有行被拒绝，未写入任何数据', 'Some rows were rejected; nothing was written'],
  IMPORT_NOT_CONFIRMED: [
    422,
    '有警告尚未确认，未写入任何数据',
    'A warning was not accepted; nothing was written',
  ],
  IMPORT_EDITED_MEANWHILE: [
    409,
    '导入期间有人使用了同样的编码，请重新导入',
    'Somebody took the same codes meanwhile; run the import again',
  ],
  IMPORT_PROFILE_EXISTS: [409, '已有同名的导入方案', 'There is a profile of this name already'],
  DISK_FULL: [507, '服务器磁盘空间不足', 'The server has no room left on its disk'],
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
  DAY_IN_PAST: [422, '生效日期不能早于今天', 'A change takes effect today at the earliest'],
  RULE_ENDED: [409, '该规则届时已终止', 'The rule has ended by then'],
  LIMIT_OVERLAPS: [
    409,
    '同一类别、地点和时间只能有一个同名条件和一个默认条件',
    'One condition and one default at a time for a class at a kind of place',
  ],
  UNIT_CLOSED: [422, '该责任单位已停用，不能派遣', 'The unit is closed and takes nothing any more'],
  UNIT_CODE_TAKEN: [409, '责任单位代码已被使用', 'The code belongs to another unit'],
  TABLE_REFUSED: [422, '表格有错误，未作任何修改', 'The table has errors; nothing was changed'],
  SIMULATION_NEEDS_ACCOUNTS: [
    422,
    '缺少模拟所需角色的账户',
    'The simulation needs accounts of roles that nobody has',
  ],
  SIMULATION_NEEDS_DATA: [
    422,
    '缺少模拟所需的网格、类别或责任单位',
    'The simulation needs cells, classes and at least two units',
  ],
  SIMULATION_YEAR: [
    422,
    '该年度没有工作日历，或尚未开始',
    'The year has no working calendar, or has not begun',
  ],
  SIMULATION_DONE: [409, '该模拟已写入，请换一个种子', 'This simulation has been written; take another seed'],
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
