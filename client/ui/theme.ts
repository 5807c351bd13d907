import { theme, type ThemeConfig } from 'antd';

/** The same values as `tokens.css`, for the components of antd. */
export const appTheme: ThemeConfig = {
  algorithm: theme.darkAlgorithm,
  cssVar: { key: 'gridwatch' },
  token: {
    colorPrimary: '#2b73b5',
    colorInfo: '#5aa7e8',
    colorError: '#f58a8c',
    colorSuccess: '#5aa7e8',
    colorLink: '#5aa7e8',
    colorBgBase: '#111416',
    colorBgContainer: '#181c1f',
    colorBgElevated: '#1f2428',
    colorBorder: '#414a51',
    colorBorderSecondary: '#2c3338',
    colorText: '#e8ecef',
    colorTextSecondary: '#aeb8bf',
    colorTextTertiary: '#97a2aa',
    colorTextPlaceholder: '#97a2aa',
    borderRadius: 6,
    fontFamily: 'var(--sans)',
    motionDurationMid: '0.12s',
    motionDurationSlow: '0.16s',
  },
  components: {
    // The word of an empty table is to be read.
    Table: { colorTextDisabled: '#97a2aa' },
    Button: { primaryShadow: 'none', defaultShadow: 'none', dangerShadow: 'none', colorPrimary: '#2b73b5' },
  },
};
