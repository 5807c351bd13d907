import type { Texts } from '../i18n/texts.ts';

const zh = {
  label: '辖区三维地图。方向键移动，加减号缩放。',
  zoomIn: '放大',
  zoomOut: '缩小',
  home: '回到全区',
  north: '正北朝上',
  tilt: '切换俯视与倾斜',
  loading: '正在载入地图',
  dataFailed: '地图数据暂时读不到',
  dataFailedHint: '正在重试；其他功能不受影响。',
  noWebGl: '此浏览器无法显示三维地图',
  noWebGlHint: '请打开浏览器的硬件加速（WebGL），或换用较新的 Chrome、Edge、Firefox。列表与视频照常可用。',
  lost: '显卡暂时中断',
  lostHint: '地图会在显卡恢复后自动回来。',
  failed: '地图绘制出错',
  failedHint: '其他面板不受影响。',
  again: '重新载入',
} as const;

const en: Texts<typeof zh> = {
  label: 'Three-dimensional map of the district. Arrow keys move, plus and minus zoom.',
  zoomIn: 'Zoom in',
  zoomOut: 'Zoom out',
  home: 'Whole district',
  north: 'North up',
  tilt: 'From above or tilted',
  loading: 'Loading the map',
  dataFailed: 'The map data cannot be read just now',
  dataFailedHint: 'Trying again; everything else keeps working.',
  noWebGl: 'This browser cannot show the 3D map',
  noWebGlHint:
    'Turn on hardware acceleration (WebGL), or use a recent Chrome, Edge or Firefox. Lists and video keep working.',
  lost: 'The graphics card was interrupted',
  lostHint: 'The map comes back by itself when the card does.',
  failed: 'The map could not be drawn',
  failedHint: 'The other panels are not affected.',
  again: 'Load again',
};

export const mapTexts = { zh, en };
export type MapTexts = Texts<typeof zh>;
