import { askAhead } from '../host/ask-ahead.ts'
import { connectHost } from '../host/connect.ts'
import { catalogueOf } from '../i18n/catalogues.ts'
import { browserLanguage } from '../i18n/language.ts'
import { graphicsSupport } from '../scene/graphics-support.ts'
import './styles/tokens.css'
import './styles/base.css'

// The connection, and what every start asks of it, are under way while the rest of the interface is read.
const connection = connectHost().then(askAhead)

// The graphics start up meanwhile: a second where the processor draws.
setTimeout(graphicsSupport)

// Texts too: another language only where the preferences say so.
void catalogueOf(browserLanguage(navigator.languages))

void import('./start.tsx').then(({ start }) => start(connection))
