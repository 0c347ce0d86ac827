import { type Command, InvalidArgumentError, Option } from 'commander';
import { parseReport, type ReportFlags, type ReportTarget } from '../report-targets.ts';

/** The flags with which a session tells more than the terminal shows. */
export type GivenReportFlags = ReportFlags;

/** Adds them to a command. */
export function withReports(command: Command): Command {
  return command
    .option(
      '--report <kind>',
      'also write a report: junit=FILE, json=FILE or html=FILE; github or gitlab for a log in the form of these (found out by itself), none for a plain one. May be given several times',
      collect,
    )
    .addOption(
      new Option('--output <form>', 'what stands on the standard output: text, or json with an event a line')
        .choices(['text', 'json'])
        .default('text'),
    )
    .option('--log-dir <folder>', 'write the whole log of each resource and container to files in this folder')
    .option('--trace <file>', 'write the times of everything in Chrome’s trace format')
    .option('--output-snapshot-on-exit <file>', 'write what Tilt’s page would show at the end, as a snapshot');
}

function collect(text: string, before: readonly ReportTarget[] = []): readonly ReportTarget[] {
  const target = parseReport(text);
  if (typeof target === 'string') throw new InvalidArgumentError(target);
  return [...before, target];
}
