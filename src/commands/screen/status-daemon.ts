import type { Style } from '../../app/context/command.js';
import { stateText } from '../daemon/daemon-status.js';
import type { StatusData } from './status-data.js';
import type { StatusRow } from './status-rows.js';

/** How dockerd runs, and by which file. */
export function daemonRows({ daemon }: StatusData, style: Style): StatusRow[] {
  const label = 'dockerd';
  if ('error' in daemon) return [{ label, text: style.red(daemon.error), urgent: true }];
  const { containers, liveRestore, answers, config, configExists, starts, reloads } = daemon;
  const counted = `${containers} ${containers === 1 ? 'container' : 'containers'}`;
  const running = answers
    ? `; ${counted}, live-restore ${liveRestore === true ? 'on' : 'off'}`
    : '';
  const verdict = starts ? 'a reload of it is refused' : 'dockerd would not start with it';
  const file = configExists ? '' : style.dim(' (does not exist)');
  const fault = starts && reloads ? '' : style.red(`: ${verdict}`);
  return [
    { label, text: `${stateText(daemon, style)}${running}` },
    { label: 'config', text: `${config}${file}${fault}`, urgent: fault !== '' },
  ];
}
