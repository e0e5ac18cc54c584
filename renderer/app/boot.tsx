import { askAhead } from '../host/ask-ahead.ts'
import { connectHost } from '../host/connect.ts'
import './styles/tokens.css'
import './styles/base.css'

// The connection, and what every start asks of it, are under way while the rest of the interface is read.
const connection = connectHost().then(askAhead)
// Said by whoever waits for it.
connection.catch(() => undefined)

void import('./start.tsx').then(({ start }) => start(connection))
