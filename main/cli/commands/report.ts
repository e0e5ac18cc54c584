import { loadMessages } from '../../services/messages.ts'
import { writeJson } from '../answer.ts'
import { PAPER_OPTIONS, readPaperOrder, writePapers } from '../check-papers.ts'
import { readCheckSubject, reportOf, runCheck } from '../check-run.ts'
import { CliFailure, EXIT, type CliCommand } from '../command.ts'
import { endProgress, terminalJob } from '../terminal-job.ts'

/** `report <project.gpkg | network.geojson>`: the papers of a check, without its verdict as the exit code. */
export const reportCommand: CliCommand = {
  name: 'report',
  options: { scenario: { type: 'string' }, rules: { type: 'string' }, sets: { type: 'string' }, json: { type: 'string' }, ...PAPER_OPTIONS },
  helpKey: 'cli-report:help',
  async run(args, io) {
    const { positionals, values } = args
    const t = await loadMessages(io.language)
    const [path, extra] = positionals
    if (path === undefined || extra !== undefined) throw new CliFailure('cli:missingArgument', { what: t('cli-check:network') })
    const papers = readPaperOrder(args, io)
    const json = textOf(values['json'])
    const files = [...Object.values(papers.files), ...(json === null || json === '-' ? [] : [json])]
    if (files.length === 0 && json === null) throw new CliFailure('cli-report:nothingAsked')
    const job = terminalJob(io, t)
    const subject = await readCheckSubject(path, { scenario: textOf(values['scenario']), rules: textOf(values['rules']), access: 'read' }, job, io, t)
    const sets = textOf(values['sets'])
    const answer = await runCheck(subject, sets, job, io)
    await writePapers(papers, subject, sets, answer, io)
    endProgress(io)
    if (json !== null) writeJson(json, reportOf(subject, sets, answer, json), io)
    if (json !== '-') io.out(`${t('cli-report:written', { files: files.join(', ') })}\n`)
    return EXIT.done
  },
}

const textOf = (value: unknown): string | null => (typeof value === 'string' ? value : null)
