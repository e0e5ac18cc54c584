import { CallFailure } from '#shared/contract/call-failure.ts'
import type { CallInput } from '#shared/contract/contract.ts'
import { lookUpCrs } from '#shared/io/crs.ts'
import { fieldSignature, fitRemembered } from '../services/import/field-signature.ts'
import { ImportRefused } from '../services/import/import-files.ts'
import { mapForProject, storeImport } from '../services/import/import-into-project.ts'
import type { TrialImport } from '../services/import/import-task.ts'
import { importInWorker } from '../services/import/import-worker-host.ts'
import type { ProjectFile } from '../services/project-file.ts'
import { catchmentTeller } from './catchment-teller.ts'
import { openProject, type CallContext, type Handlers } from './handler.ts'

type ImportRequest = CallInput<'import.dryRun'>

export const importHandlers: Pick<Handlers, 'import.inspect' | 'import.dryRun' | 'import.commit'> = {
  'import.inspect': async ({ tickets }, context) => {
    const paths = tickets.map(ticket => context.session.tickets.resolve(ticket, 'import'))
    const { files, suggestedCrs } = await refusing(importInWorker({ do: 'inspect', paths }, context.job, context.signal))
    const { project } = context.session
    return {
      files: files.map((file, i) => ({ ...file, ticket: tickets[i]!, layers: file.layers.map(layer => withRemembered(layer, project)) })),
      // A project that holds something has its coordinate system; everything that comes later is brought into it.
      suggestedCrs: project && !project.isEmpty ? project.crs : suggestedCrs,
    }
  },

  'import.dryRun': async (request, context) => {
    const { assets, nodes, proposals, surfaces, boreholes, alignments, blocks, catchments, crs, issues } = await runImport(request, context, false)
    return { assets: { ...assets }, nodes, proposals, surfaces, boreholes, alignments, blocks, catchments, crs, issues: [...issues] }
  },

  'import.commit': async (request, context) => {
    const project = openProject(context)
    if (project.readOnly !== null) throw new CallFailure<'import.commit'>('read_only')
    const mapped = await runImport(request, context, true)
    const { assets, nodes, proposals, surfaces, boreholes, alignments, blocks, catchments, crs } = mapped
    if (assets.total + nodes + proposals + surfaces + boreholes + alignments + blocks === 0) throw new CallFailure<'import.commit'>('nothing_to_import')
    const tell = catchmentTeller(context)
    const issues = await storeImport(project, mapped, context.job, request.who)
    const info = project.info()
    context.session.emit('project.changed', info)
    context.session.emit('twin.changed', { twinHash: info.twinHash, columns: true, context: true })
    tell()
    return { assets: { ...assets }, nodes, proposals, surfaces, boreholes, alignments, blocks, catchments, crs, issues: [...issues], project: info }
  },
}

type InspectedLayer = Awaited<ReturnType<Handlers['import.inspect']>>['files'][number]['layers'][number]

function withRemembered(layer: InspectedLayer, project: ProjectFile | null): InspectedLayer {
  const remembered = layer.canonical ? null : (project?.mappingFor(fieldSignature(layer)) ?? null)
  return remembered ? { ...layer, mapping: fitRemembered(remembered, layer.mapping), mappingRemembered: true } : layer
}

/** Reads and maps the request's files for the open project. @throws CallFailure as the contract says. */
export async function runImport({ files, crs }: ImportRequest, context: CallContext, withRecords: boolean, keepsIds = false): Promise<TrialImport> {
  const project = openProject(context)
  if (crs !== null && !lookUpCrs(crs)?.metric) throw new CallFailure<'import.commit'>('crs_unknown', { crs })
  const sources = files.map(file => ({ path: context.session.tickets.resolve(file.ticket, 'import'), mappings: file.layers }))
  return refusing(mapForProject(project, { files: sources, crs, keepsIds }, withRecords, context.job, context.signal))
}

/** A source's refusal in the contract's terms. */
async function refusing<T>(work: Promise<T>): Promise<T> {
  try {
    return await work
  } catch (cause) {
    if (!(cause instanceof ImportRefused)) throw cause
    const { code, file, issue, reason } = cause
    throw new CallFailure<'import.inspect'>(code, { file, reason: issue ? issue.code : reason, ...issue?.context })
  }
}
