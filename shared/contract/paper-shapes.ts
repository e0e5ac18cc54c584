import { z } from 'zod'
import { decisionSchema } from '../register/decision.ts'
import { daySchema } from '../register/finding-state.ts'
import { MAX_PICTURE_BYTES, pictureIdSchema, pictureSchema } from '../register/picture.ts'
import { uint8Array } from './define.ts'
import { PLAN_SCALES, SHEET_SIZES, type SheetSize } from '../report/sheets/sheet-order.ts'
import { checkScopeSchema } from './shapes.ts'

const entrySchema = z.string().max(100)
/** How sheets are drawn (shared/report/sheets). */
const sheetOrderSchema = z.strictObject({
  size: z.enum(Object.keys(SHEET_SIZES) as [SheetSize, ...SheetSize[]]),
  scale: z.literal(PLAN_SCALES),
  /** Lines drawn in profile; null for all that the scheme proposes. */
  lineIds: z.array(z.string().min(1).max(500)).max(1000).nullable(),
  title: z.strictObject({ number: entrySchema, revision: entrySchema, drawn: entrySchema, checked: entrySchema, approved: entrySchema }),
})

/** What can be put on paper, and in which forms. `bcfzip` is BCF 2.1, `bcf` is 3.0; `findings` as `zip` holds BCF with an IFC of the objects, `minutes` as `zip` minutes, BCF, IFC and workbook together. */
export const PAPER_FORMS = {
  report: ['html', 'pdf'],
  findings: ['xlsx', 'csv', 'bcfzip', 'bcf', 'zip'],
  exceptions: ['html', 'pdf'],
  letters: ['html', 'pdf'],
  conflicts: ['xlsx'],
  minutes: ['html', 'pdf', 'zip'],
  scene: ['html'],
  sheets: ['dxf', 'pdf', 'html'],
} as const
export type PaperSort = keyof typeof PAPER_FORMS
export const PAPER_ENDINGS = ['html', 'pdf', 'xlsx', 'csv', 'bcfzip', 'bcf', 'zip', 'dxf'] as const

export const paperRequestSchema = z.strictObject({
  paper: z.enum(Object.keys(PAPER_FORMS) as [PaperSort, ...PaperSort[]]),
  form: z.enum(PAPER_ENDINGS),
  scenarioId: z.string().min(1).max(200).nullable(),
  scope: checkScopeSchema,
  language: z.enum(['zh-CN', 'en']),
  /** Ids of the findings that are meant; null for all. */
  findingIds: z.array(z.string().max(2000)).max(200_000).nullable(),
  /** Minutes only. Decisions that could not be kept in the project (read-only) come along here, with their pictures by id. */
  meeting: z.strictObject({
    name: z.string().max(200), date: daySchema, people: z.string().max(2000), isKept: z.boolean(), decisions: z.array(decisionSchema).max(1000),
    pictures: z.record(pictureIdSchema, z.strictObject({ type: pictureSchema.shape.type, bytes: uint8Array.refine(({ length }) => length <= MAX_PICTURE_BYTES) })),
  }).nullable(),
  /** Sheets only. */
  sheets: sheetOrderSchema.optional(),
}).refine(({ paper, form }) => (PAPER_FORMS[paper] as readonly string[]).includes(form))
export type PaperRequest = z.infer<typeof paperRequestSchema>
