import 'i18next';
import type { zhCN } from './zh-CN/zh-cn.ts';

declare module 'i18next' {
  interface CustomTypeOptions {
    defaultNS: 'shell';
    resources: typeof zhCN;
  }
}
