import { summariseIssues } from '#shared/core/issues.ts'
import { loadMessages } from '../../services/messages.ts'
import { writeJson } from '../answer.ts'
import { CliFailure, EXIT, type CliCommand } from '../command.ts'
import { endProgress, terminalJob } from '../terminal-job.ts'
import { burstMethod } from './analyse/burst.ts'
import { collapseMethod } from './analyse/collapse.ts'
import { digMethod } from './analyse/dig.ts'
import { flowMethod } from './analyse/flow.ts'
import { gasMethod } from './analyse/gas.ts'
import { lifelineMethod } from './analyse/lifeline.ts'
import type { AnalyseMethod } from './analyse/method.ts'
import { overflowMethod } from './analyse/overflow.ts'
import { pressureMethod } from './analyse/pressure.ts'
import { slotsMethod } from './analyse/slots.ts'
import { swmmMethod } from './analyse/swmm.ts'
import { traceMethod } from './analyse/trace.ts'
import { trialHolesMethod } from './analyse/trial-holes.ts'

const METHODS: readonly AnalyseMethod[] = [traceMethod, burstMethod, flowMethod, pressureMethod, gasMethod, overflowMethod, swmmMethod, collapseMethod, digMethod, lifelineMethod, trialHolesMethod, slotsMethod]
const COMMON = ['json', 'scenario']

/** `analyse <project | model.inp> <method>`: what the networks do, each method with its own options and keys (cli.md). */
export const analyseCommand: CliCommand = {
  name: 'analyse',
  options: Object.fromEntries([...COMMON, ...METHODS.flatMap(method => method.options)].map(name => [name, { type: 'string' as const }])),
  helpKey: 'cli-analyse:help',
  async run({ positionals, values }, io) {
    const t = await loadMessages(io.language)
    const [path, name, extra] = positionals
    if (path === undefined || name === undefined || extra !== undefined) throw new CliFailure('cli:missingArgument', { what: t('cli-analyse:arguments') })
    const method = METHODS.find(candidate => candidate.name === name)
    if (!method) throw new CliFailure('cli-analyse:noMethod', { method: name, methods: METHODS.map(candidate => candidate.name).join(', ') })
    const strange = Object.keys(values).find(option => values[option] !== undefined && ![...COMMON, ...method.options].includes(option))
    if (strange !== undefined) throw new CliFailure('cli-analyse:notForMethod', { option: strange, method: name })
    const option = (key: string): string | null => {
      const value = values[key]
      return typeof value === 'string' ? value : null
    }
    const answer = await method.run({ path, option, job: terminalJob(io, t), io, t })
    endProgress(io)
    const issues = summariseIssues(answer.issues)
    const json = option('json')
    if (json !== null) writeJson(json, { ...answer.json, issues }, io)
    if (json !== '-') {
      const told = issues.map(({ code, count, example }) => t('cli-analyse:issue', { count, code, text: t(`issues:${code}`), example }))
      io.out(`${[...answer.lines, ...told].join('\n')}\n`)
    }
    return answer.exitCode ?? EXIT.done
  },
}
