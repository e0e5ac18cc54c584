import { analysisHandlers } from './analysis.ts'
import { appHandlers } from './app.ts'
import { checkHandlers } from './check.ts'
import { crsHandlers } from './crs.ts'
import { exportHandlers } from './export.ts'
import { filesHandlers } from './files.ts'
import type { Handlers } from './handler.ts'
import { importHandlers } from './import.ts'
import { ledgerHandlers } from './ledger.ts'
import { papersHandlers } from './papers.ts'
import { preferencesHandlers } from './preferences.ts'
import { projectHandlers } from './project.ts'
import { registerHandlers } from './register.ts'
import { rulesHandlers } from './rules.ts'
import { scenarioHandlers } from './scenario.ts'
import { surveyHandlers } from './survey.ts'
import { twinHandlers } from './twin.ts'

/** Every call of the contract; the type says which one is missing. */
export const handlers: Handlers = {
  ...analysisHandlers,
  ...appHandlers,
  ...checkHandlers,
  ...crsHandlers,
  ...exportHandlers,
  ...filesHandlers,
  ...importHandlers,
  ...ledgerHandlers,
  ...papersHandlers,
  ...preferencesHandlers,
  ...projectHandlers,
  ...registerHandlers,
  ...rulesHandlers,
  ...scenarioHandlers,
  ...surveyHandlers,
  ...twinHandlers,
}
