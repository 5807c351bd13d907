import type { ImportLayer, TargetField } from '#contract/imports';

/** One of our fields, and the names surveyors give it. */
export interface FieldPlan extends TargetField {
  /** Compared without case, spaces and punctuation; better ones first. */
  names: readonly string[];
}

/** States of a part: ours, the words of GB/T 47678.5-2026, and others seen. */
export const partStates: readonly { value: string; zh: string; en: string; also: readonly string[] }[] = [
  {
    value: 'intact',
    zh: '完好',
    en: 'Intact',
    also: ['正常', '良好', '在用', 'good', 'ok', 'normal', 'active', 'in use'],
  },
  { value: 'damaged', zh: '破损', en: 'Damaged', also: ['损坏', '故障', '破坏', 'broken', 'defective'] },
  { value: 'missing', zh: '丢失', en: 'Missing', also: ['缺失', '被盗', 'lost', 'stolen'] },
  {
    value: 'abandoned',
    zh: '废弃',
    en: 'Abandoned',
    also: ['停用', '弃用', 'disused', 'inactive', 'retired'],
  },
  {
    value: 'removed',
    zh: '移除',
    en: 'Removed',
    also: ['拆除', '已拆除', '灭失', '迁移', 'demolished', 'deleted'],
  },
];

export const buildingKinds: readonly { value: string; zh: string; en: string; also: readonly string[] }[] = [
  {
    value: 'residential',
    zh: '住宅',
    en: 'Residential',
    also: [
      '居住',
      '居民楼',
      '民居',
      'apartments',
      'house',
      'detached',
      'terrace',
      'dormitory',
      'semidetached_house',
      'bungalow',
    ],
  },
  {
    value: 'commercial',
    zh: '商业',
    en: 'Commercial',
    also: [
      '商业办公',
      '办公',
      '商场',
      '酒店',
      'retail',
      'office',
      'hotel',
      'supermarket',
      'kiosk',
      'shop',
      'mall',
    ],
  },
  {
    value: 'public',
    zh: '公共',
    en: 'Public',
    also: [
      '公建',
      '学校',
      '医院',
      '政府',
      'school',
      'hospital',
      'university',
      'civic',
      'government',
      'church',
      'train_station',
      'transportation',
      'museum',
      'college',
      'kindergarten',
      'stadium',
    ],
  },
  {
    value: 'industrial',
    zh: '工业',
    en: 'Industrial',
    also: ['厂房', '仓库', 'warehouse', 'factory', 'manufacture', 'hangar', 'garage', 'service'],
  },
];

export const roadClasses: readonly { value: string; zh: string; en: string; also: readonly string[] }[] = [
  {
    value: 'main',
    zh: '主干路',
    en: 'Main street',
    also: [
      '主干道',
      '快速路',
      'motorway',
      'trunk',
      'primary',
      'motorway_link',
      'trunk_link',
      'primary_link',
      'highway',
      'major_road',
    ],
  },
  {
    value: 'secondary',
    zh: '次干路',
    en: 'Secondary street',
    also: [
      '次干道',
      '支路',
      'tertiary',
      'secondary_link',
      'tertiary_link',
      'unclassified',
      'residential',
      'minor_road',
    ],
  },
  {
    value: 'lane',
    zh: '巷道',
    en: 'Lane',
    also: [
      '街巷',
      '背街小巷',
      '小路',
      'living_street',
      'service',
      'pedestrian',
      'footway',
      'path',
      'track',
      'cycleway',
      'steps',
      'alley',
    ],
  },
];

export const divisionLevels: readonly { value: string; zh: string; en: string; also: readonly string[] }[] = [
  { value: 'district', zh: '区县', en: 'District', also: ['区', '县', '市辖区', 'county'] },
  {
    value: 'subdistrict',
    zh: '街道（乡镇）',
    en: 'Subdistrict',
    also: ['街道', '镇', '乡', '街道办', 'town', 'township', 'street'],
  },
  {
    value: 'community',
    zh: '社区（村）',
    en: 'Community',
    also: ['社区', '村', '居委会', 'village', 'neighbourhood', 'neighborhood'],
  },
];

export const caseChannels: readonly { value: string; zh: string; en: string; also: readonly string[] }[] = [
  { value: 'video', zh: '视频', en: 'Video', also: ['视频上报', '监控', 'camera'] },
  { value: 'collector', zh: '采集员', en: 'Collector', also: ['监督员', '采集员上报', '巡查', 'inspector'] },
  {
    value: 'hotline',
    zh: '热线',
    en: 'Hotline',
    also: ['12345', '12319', '电话', '市民热线', 'phone', 'call'],
  },
  {
    value: 'public',
    zh: '公众',
    en: 'Public',
    also: ['公众举报', '微信', '市民', 'app', 'wechat', 'citizen', 'web'],
  },
  { value: 'device', zh: '设备', en: 'Device', also: ['物联网', '传感器', 'iot', 'sensor'] },
  { value: 'api', zh: '接口', en: 'Interface', also: ['系统对接', 'open311'] },
];

function field(
  name: string,
  zh: string,
  en: string,
  names: string,
  extra: { required?: boolean; choices?: readonly { value: string; zh: string; en: string }[] } = {},
): FieldPlan {
  return {
    name,
    label: { zh, en },
    required: extra.required ?? false,
    ...(extra.choices
      ? { choices: extra.choices.map(({ value, zh, en }) => ({ value, label: { zh, en } })) }
      : {}),
    names: names.split(/\s+/).filter(Boolean),
  };
}

const LON =
  'lon longitude lng long 经度 jd x lon84 wgs84lon lonwgs84 lng84 坐标x x坐标 横坐标 xcoord coordx pointx easting east zbx xzb lonwgs84 lngwgs84 longcj02 lnggcj02 lonbd09 lngbd09 gcjlon gcjlng bdlon bdlng 高德经度 百度经度 火星经度';
const LAT =
  'lat latitude 纬度 wd y lat84 wgs84lat latwgs84 坐标y y坐标 纵坐标 ycoord coordy pointy northing north zby yzb latgcj02 latbd09 gcjlat bdlat 高德纬度 百度纬度 火星纬度';
const GEOMETRY = '@geometry geometry geom thegeom wkt wktgeom shape geojson 几何 空间位置 坐标串';

const position = [
  field('lon', '经度 / X', 'Longitude / X', LON),
  field('lat', '纬度 / Y', 'Latitude / Y', LAT),
  field('geometry', '几何', 'Geometry', GEOMETRY),
];
const shape = [field('geometry', '几何', 'Geometry', GEOMETRY, { required: true })];
const sourceKey = (names = '') =>
  field(
    'source_key',
    '来源编号',
    'Key at the source',
    `${names} unitid assetid facilityid objectid osmid @id globalid uuid guid gid fid id 序号 编号 唯一标识`,
  );

/** Fields of each layer: those of `stagedColumns`, those that only help to work others out, and the position. */
export const targetFields: Record<ImportLayer, readonly FieldPlan[]> = {
  parts: [
    field(
      'code',
      '部件标识码',
      'Part code',
      'glbjbsm 管理部件标识码 部件标识码 部件编码 部件代码 objid objcode partcode bjbsm bjbm bjdm 标识码 编码 code',
    ),
    sourceKey(),
    field(
      'class_id',
      '类别',
      'Class',
      '@class classid class classcode classname partclass parttype bjxldm bjlx bjlb 小类代码 小类编码 小类名称 小类 部件小类 部件类型 部件类别 类别 类别名称 类型 glbjmc 管理部件名称 部件名称 bjmc objname category assettype featuretype ftype type kind 名称',
      {
        required: true,
      },
    ),
    field('class_edition', '类别代码版本', 'Edition of the class codes', 'classedition 字典版本 编码版本', {
      choices: [2026, 2013, 2007].map((edition) => ({
        value: String(edition),
        zh: `${edition} 年版`,
        en: `Edition of ${edition}`,
      })),
    }),
    field(
      'authority_code',
      '主管部门代码',
      'Authority code',
      'zgbmdm 主管部门代码 主管部门编码 authoritycode deptcode1',
    ),
    field(
      'authority_name',
      '主管部门名称',
      'Authority',
      'zgbmmc 主管部门名称 主管部门 authorityname authority deptname1 department dept',
    ),
    field('owner_code', '权属单位代码', 'Owner code', 'qsdwdm 权属单位代码 权属单位编码 ownercode deptcode2'),
    field(
      'owner_name',
      '权属单位名称',
      'Owner',
      'qsdwmc 权属单位名称 权属单位 产权单位 ownername owner deptname2',
    ),
    field(
      'maintainer_code',
      '养护单位代码',
      'Maintainer code',
      'yhdwdm 养护单位代码 养护单位编码 maintainercode deptcode3',
    ),
    field(
      'maintainer_name',
      '养护单位名称',
      'Maintainer',
      'yhdwmc 养护单位名称 养护单位 维护单位 maintainername maintainer deptname3',
    ),
    field(
      'maintenance_until',
      '质保期至',
      'In maintenance until',
      '质保期至 质保期 保修期至 养护期至 maintenanceuntil warrantyuntil warrantyend',
    ),
    field(
      'state',
      '部件状态',
      'State',
      'glbjzt 管理部件状态 部件状态 bjzt objstate 状态 state status condition',
      { choices: partStates },
    ),
    field(
      'initial_date',
      '初始日期',
      'First surveyed',
      'csrq 初始日期 普查日期 采集日期 ordate initialdate surveydate installdate installed createddate startdate',
    ),
    field(
      'changed_date',
      '变更日期',
      'Changed',
      'bgrq 变更日期 更新日期 chdate changeddate changedate updated lastupdate modified',
    ),
    field('source', '数据来源', 'Source', 'sjly 数据来源 datasource source'),
    field('note', '备注', 'Note', 'bz 备注 说明 note notes remark remarks comment comments description'),
    ...position,
  ],
  divisions: [
    field(
      'code',
      '区划代码',
      'Division code',
      'code 区划代码 行政区划代码 代码 编码 xzqdm xzqhdm szsqdm szjddm adcode divisioncode @id',
      { required: true },
    ),
    field(
      'parent_code',
      '上级代码',
      'Code of what it belongs to',
      'parentcode 上级代码 上级编码 sjdm parent areacode',
    ),
    field('level', '级别', 'Level', 'level 级别 层级 adminlevel jb', { choices: divisionLevels }),
    field('name_zh', '名称', 'Name', 'namezh 名称 xzqmc szsqmc szjdmc 社区名称 街道名称 区划名称 name mc', {
      required: true,
    }),
    field('name_en', '英文名称', 'English name', 'nameen 英文名称 nameen englishname'),
    field('edition', '年版', 'Edition', 'edition 年版 版本 year nd'),
    ...shape,
  ],
  cells: [
    field(
      'code',
      '网格标识码',
      'Cell code',
      'szdywgbsm dywgbsm 单元网格标识码 网格标识码 网格编码 网格代码 wgbm wgdm bgid gridcode gridid cellcode cellid code 编码 代码',
      { required: true },
    ),
    field(
      'community_code',
      '社区代码',
      'Community code',
      'communitycode szsqdm 所在社区代码 社区代码 社区编码 sqdm sqbm',
    ),
    ...shape,
  ],
  buildings: [
    field(
      'code',
      '楼栋编码',
      'Building code',
      'code 楼栋编码 建筑编码 建筑物代码 ldbm jzbm buildingcode 编码',
    ),
    sourceKey('buildingid 楼栋编号'),
    field('name_zh', '名称', 'Name', 'namezh 名称 楼栋名称 建筑名称 jzmc ldmc name'),
    field(
      'kind',
      '用途',
      'Use',
      '@buildingkind 用途 建筑用途 建筑类型 jzyt jzlx buildinguse use kindofuse type building kind',
      { choices: buildingKinds },
    ),
    field(
      'height_metres',
      '高度（米）',
      'Height (m)',
      '@height heightmetres height heightm 高度 建筑高度 楼高 jzgd gd renderheight',
    ),
    field(
      'levels',
      '层数',
      'Storeys',
      'buildinglevels levels 层数 楼层 楼层数 地上层数 cs lc floors storeys stories numfloors',
    ),
    ...shape,
  ],
  roads: [
    field('code', '道路编码', 'Road code', 'code 道路编码 道路代码 dlbm dldm roadcode 编码'),
    sourceKey('roadid wayid'),
    field('name_zh', '名称', 'Name', 'namezh 名称 道路名称 dlmc 路名 name'),
    field('name_en', '英文名称', 'English name', 'nameen 英文名称 englishname'),
    field(
      'class',
      '等级',
      'Class',
      '@roadclass class 等级 道路等级 道路类型 dldj roadclass highway kinddetail fclass roadtype type kind',
      { choices: roadClasses },
    ),
    field(
      'carriageway_metres',
      '车行道宽（米）',
      'Carriageway (m)',
      '@carriageway carriagewaymetres carriageway 车行道宽 车行道宽度 路面宽度 路宽 width lkd',
    ),
    field(
      'footway_metres',
      '人行道宽（米）',
      'Footway, each side (m)',
      '@footway footwaymetres footway 人行道宽 人行道宽度 sidewalkwidth',
    ),
    ...shape,
  ],
  cameras: [
    field(
      'id',
      '编号',
      'Id',
      'cameraid deviceid sbbm 设备编码 设备编号 摄像机编号 国标编码 通道编码 id 编号 编码 code',
    ),
    sourceKey(),
    field(
      'name_zh',
      '名称',
      'Name',
      'namezh 名称 摄像机名称 监控点名称 点位名称 sbmc 设备名称 通道名称 name ref',
      { required: true },
    ),
    field('name_en', '英文名称', 'English name', 'nameen 英文名称 englishname'),
    field('source_type', '来源类型', 'Kind of source', 'sourcetype 来源类型 接入方式', {
      choices: [{ value: 'rtsp', zh: 'RTSP', en: 'RTSP' }],
    }),
    field(
      'source_url',
      '视频地址',
      'Address of the video',
      'sourceurl rtsp rtspurl url 视频地址 流地址 取流地址 stream streamurl',
    ),
    field('width', '画面宽（像素）', 'Width (px)', 'width 宽 imagewidth 水平分辨率'),
    field('height', '画面高（像素）', 'Height (px)', 'height 高 imageheight 垂直分辨率'),
    ...position,
  ],
  cases: [
    field(
      'number',
      '案件编号',
      'Case number',
      'number casenumber caseno 案件编号 任务号 案卷号 受理编号 ajbh rwh uniquekey id 编号',
      { required: true },
    ),
    field(
      'class_id',
      '类别',
      'Class',
      'classid class classcode classname sxdm sxmc 事项代码 事项名称 小类代码 小类名称 案件小类 小类 案件类别 案件类型 类别 类型 ajlx category complainttype type',
      {
        required: true,
      },
    ),
    field('class_edition', '类别代码版本', 'Edition of the class codes', 'classedition 字典版本 编码版本', {
      choices: [2026, 2013, 2007].map((edition) => ({
        value: String(edition),
        zh: `${edition} 年版`,
        en: `Edition of ${edition}`,
      })),
    }),
    field('channel', '来源', 'Channel', 'channel 问题来源 案件来源 来源 上报渠道 渠道 wtly ajly source', {
      choices: caseChannels,
    }),
    field(
      'note',
      '描述',
      'Description',
      'note 问题描述 案件描述 描述 wtms ajms description descriptor 备注 remark',
    ),
    field(
      'unit_code',
      '责任单位',
      'Unit',
      'unitcode 处置单位代码 责任单位代码 处置部门代码 处置单位 责任单位 处置部门 czbm czdw unit agency department',
    ),
    field(
      'received_at',
      '受理时间',
      'Received',
      'receivedat 受理时间 上报时间 发现时间 slsj sbsj createddate created reportedat',
    ),
    field('filed_at', '立案时间', 'Filed', 'filedat 立案时间 lasj'),
    field('dispatched_at', '派遣时间', 'Dispatched', 'dispatchedat 派遣时间 派发时间 pqsj'),
    field('feedback_at', '反馈时间', 'Handled', 'feedbackat 反馈时间 处置时间 处置完成时间 fksj handledat'),
    field('closed_at', '结案时间', 'Closed', 'closedat 结案时间 办结时间 jasj closeddate closed'),
    ...position,
  ],
};
