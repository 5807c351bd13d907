import type { access as zh } from '../zh-CN/access.ts';
import type { Texts } from '../texts.ts';

export const access: Texts<typeof zh> = {
  claim: 'Command centre of a grid-managed city',
  username: 'User name',
  usernameMissing: 'Enter your user name',
  password: 'Password',
  passwordMissing: 'Enter your password',
  signIn: 'Sign in',
  ended: 'Your session is over. Sign in again to return to where you were.',
  samples: 'Sample accounts',
  samplesHint: 'One click enters, without a password, from a browser on this machine.',
  samplesFilter: 'Find by name or account',
  samplesNone: 'No sample account matches',
  does: {
    administrator: 'Runs everything',
    'intake-clerk': 'Accepts, files, closes',
    dispatcher: 'Gives cases to units',
    operator: 'Watches video; a rectangle files',
    supervisor: 'Urges and arbitrates',
    evaluator: 'Looks and evaluates',
    hotline: 'Follows cases',
    'unit-clerk': 'Handles and feeds back',
    collector: 'Checks on site',
    'area-head': 'Watches an area, urges',
    wall: 'The whole district, unattended',
  },
};
