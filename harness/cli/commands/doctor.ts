import { ExitCode } from '../../domain/errors.ts';
import type { CommandSetup } from '../command-context.ts';

export const doctor: CommandSetup = (command, context) => {
  command
    .description('Check whether this machine can play, and say how to fix what is missing. Changes nothing.')
    .addHelpText('after', '\nExit codes: 0 ready (warnings allowed), 3 something is missing.')
    .action(async () => {
      const { examine } = await import('../machine/examine.ts');
      const { describeFindings } = await import('../machine/describe-findings.ts');
      const { terminal } = context;
      const findings = await examine();
      if (terminal.json) terminal.outJson(findings);
      else terminal.out(describeFindings(findings, terminal.paint));
      if (findings.some((finding) => finding.state === 'missing')) context.exitWith(ExitCode.environment);
    });
};
