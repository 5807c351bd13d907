import type { shell as zh } from '../zh-CN/shell.ts';
import type { Texts } from '../texts.ts';

export const shell: Texts<typeof zh> = {
  product: 'Gridwatch',
  retry: 'Try again',
  back: 'Back',
  toHome: 'To my station',
  stations: 'Stations',
  station: { operator: 'Video', desk: 'Desk', area: 'Area', unit: 'Tasks', checks: 'Checks', wall: 'Wall' },
  role: {
    administrator: 'Administrator',
    'intake-clerk': 'Intake clerk',
    dispatcher: 'Dispatcher',
    operator: 'Video operator',
    supervisor: 'Supervisor',
    evaluator: 'Evaluator',
    hotline: 'Hotline',
    'unit-clerk': 'Unit clerk',
    collector: 'Collector',
    'area-head': 'Area head',
    wall: 'Wall',
  },
  account: '{{name}}, account menu',
  signOut: 'Sign out',
  switchLanguage: 'Switch language to',
  connection: { live: 'Live', late: 'Connecting', lost: 'Disconnected' },
  connectionHint: {
    live: 'This screen follows the server',
    late: 'Connecting to the server',
    lost: 'The connection to the server is lost; reconnecting',
  },
  lostHint:
    'The connection to the server is lost and is being restored. What you see is as it was; clocks still run on the server’s time.',
  panelFailed: 'This part has failed',
  panelFailedHint: 'The other parts go on.',
  pageFailed: 'The page cannot be opened',
  missingPage: 'There is no such page',
  missingPageHint: 'Its address may have changed, or it is not yours to see.',
  mapLoading: 'Loading the map',
  mapFailed: 'The map cannot be shown',
  mapFailedHint: 'The other parts go on; cases can still be worked on.',
};
