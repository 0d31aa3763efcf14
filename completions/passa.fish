# fish completion for passa, generated from its commands
function __passa_spoken
    set -l spoken
    for word in (commandline -opc)[2..-1]
        string match -q -- '-*' $word; and break
        set -a spoken $word
    end
    string join ' ' -- $spoken
end
function __passa_at # exactly these words: another may follow
    test "$(__passa_spoken)" = "$argv"
end
function __passa_in # this command, whatever stands behind it
    string match -q -- "$argv *" "$(__passa_spoken) "
end
complete -c passa -f
complete -c passa -n 'not __passa_at' -l json -d 'Print JSON: one root object with a schema name'
complete -c passa -n 'not __passa_at' -l format -s o -x -a 'table plain json jsonl csv' -d 'table, plain, json, jsonl or csv; default: table on a terminal, else plain'
complete -c passa -n 'not __passa_at' -l quiet -s q -d 'Print results only, no notes'
complete -c passa -n 'not __passa_at' -l verbose -s v -d 'Say more: which database, whose data, how long'
complete -c passa -n 'not __passa_at' -l log-format -x -a 'text json journal' -d 'Of the log: text, json or journal; default: text on a terminal, else JSON lines'
complete -c passa -n 'not __passa_at' -l no-color -d 'No colours (also: NO_COLOR)'
complete -c passa -n 'not __passa_at' -l no-input -d 'Never ask; what would be asked is refused'
complete -c passa -n 'not __passa_at' -l organizer -r -F -d 'Whose data (also: PASSA_ORGANIZER; default: the only one)'
complete -c passa -n 'not __passa_at' -l db -r -F -d 'A PostgreSQL server (also: PASSA_DB; default: passa\'s private database)'
complete -c passa -n "__passa_at " -a init -d 'Make a project folder: settings, a commented first event, some sales'
complete -c passa -n "__passa_at " -a apply -d 'Apply manifests: parties, events, splits, campaigns, rates'
complete -c passa -n "__passa_at " -a diff -d 'Show what apply would change, field by field'
complete -c passa -n "__passa_at " -a get -d 'Show declared objects'
complete -c passa -n "__passa_at " -a delete -d 'Delete a declared object, or archive it once money hangs on it'
complete -c passa -n "__passa_at " -a manifest -d 'commands about: manifest'
complete -c passa -n "__passa_at " -a audit -d 'commands about: audit'
complete -c passa -n "__passa_at " -a event -d 'commands about: event'
complete -c passa -n "__passa_at " -a sale -d 'commands about: sale'
complete -c passa -n "__passa_at " -a settle -d 'Post to every party what is due and not yet posted'
complete -c passa -n "__passa_at " -a settlement -d 'commands about: settlement'
complete -c passa -n "__passa_at " -a explain -d 'commands about: explain'
complete -c passa -n "__passa_at " -a payout -d 'commands about: payout'
complete -c passa -n "__passa_at " -a report -d 'commands about: report'
complete -c passa -n "__passa_at " -a recon -d 'commands about: recon'
complete -c passa -n "__passa_at " -a job -d 'commands about: job'
complete -c passa -n "__passa_at " -a notice -d 'commands about: notice'
complete -c passa -n "__passa_at " -a metrics -d 'commands about: metrics'
complete -c passa -n "__passa_at " -a ledger -d 'commands about: ledger'
complete -c passa -n "__passa_at " -a network -d 'commands about: network'
complete -c passa -n "__passa_at " -a account -d 'commands about: account'
complete -c passa -n "__passa_at " -a key -d 'commands about: key'
complete -c passa -n "__passa_at " -a tx -d 'commands about: tx'
complete -c passa -n "__passa_at " -a localnet -d 'commands about: localnet'
complete -c passa -n "__passa_at " -a db -d 'commands about: db'
complete -c passa -n "__passa_at " -a config -d 'commands about: config'
complete -c passa -n "__passa_at " -a doctor -d 'Check everything passa needs: this machine, the database, the networks'
complete -c passa -n "__passa_at " -a completion -d 'Print the completion script for bash, zsh or fish'
complete -c passa -n "__passa_at " -a man -d 'Print a manual page as roff, or write all of them'
complete -c passa -n "__passa_in init" -F
complete -c passa -n "__passa_in apply" -F
complete -c passa -n "__passa_in apply" -l file -s f -r -F -d 'The same, as an option'
complete -c passa -n "__passa_in apply" -l overwrite-drift -d 'Where something else changed a field since, the file wins'
complete -c passa -n "__passa_in apply" -l dry-run -s n -d 'Show what would be done; change nothing'
complete -c passa -n "__passa_in diff" -F
complete -c passa -n "__passa_in diff" -l file -s f -r -F -d 'The same, as an option'
complete -c passa -n "__passa_in get" -F
complete -c passa -n "__passa_in get" -F
complete -c passa -n "__passa_in get" -l archived -d 'Also what was deleted and is kept as history'
complete -c passa -n "__passa_in delete" -F
complete -c passa -n "__passa_in delete" -F
complete -c passa -n "__passa_in delete" -l dry-run -s n -d 'Show what would be done; change nothing'
complete -c passa -n "__passa_at manifest" -a check -d 'Check manifests without a database'
complete -c passa -n "__passa_at manifest" -a explain -d 'Explain the kinds of manifest and their fields'
complete -c passa -n "__passa_at manifest" -a schema -d 'Print the JSON Schema of a kind, for editors'
complete -c passa -n "__passa_in manifest check" -F
complete -c passa -n "__passa_in manifest check" -l file -s f -r -F -d 'The same, as an option'
complete -c passa -n "__passa_in manifest explain" -F
complete -c passa -n "__passa_in manifest schema" -F
complete -c passa -n "__passa_at audit" -a list -d 'List who did what, and when'
complete -c passa -n "__passa_at audit" -a seal -d 'Seal what was done since: each record holds the hash of the one before'
complete -c passa -n "__passa_at audit" -a verify -d 'Prove that nothing was changed after it was sealed'
complete -c passa -n "__passa_at audit" -a export -d 'Print the sealed records, one line of JSON each'
complete -c passa -n "__passa_in audit list" -l since -r -F -d 'Only what was done at or after it'
complete -c passa -n "__passa_in audit list" -l actor -r -F -d 'Only what this person or job did'
complete -c passa -n "__passa_in audit list" -l limit -r -F -d 'At most so many, from 1 to 1000000; default: 200'
complete -c passa -n "__passa_in audit seal" -l sign -r -F -d 'Sign the head with this key'
complete -c passa -n "__passa_in audit seal" -l passphrase-fd -r -F -d 'Read the passphrase from this file descriptor'
complete -c passa -n "__passa_in audit seal" -l passphrase-file -r -F -d 'Read the passphrase from the first line of this file'
complete -c passa -n "__passa_in audit verify" -F
complete -c passa -n "__passa_in audit export" -l after -r -F -d 'Only records after this number'
complete -c passa -n "__passa_at event" -a list -d 'List events with tickets sold and capacity'
complete -c passa -n "__passa_at event" -a oversold -d 'List the imports that left a tier above its capacity'
complete -c passa -n "__passa_in event oversold" -F
complete -c passa -n "__passa_at sale" -a import -d 'Import ticket sales from a gateway\'s export'
complete -c passa -n "__passa_at sale" -a list -d 'List the sales of an event, newest first'
complete -c passa -n "__passa_at sale" -a show -d 'Show a sale or an order with all its lines and their evidence'
complete -c passa -n "__passa_at sale" -a profile -d 'commands about: profile'
complete -c passa -n "__passa_at sale" -a profiles -d 'List the import profiles, or show the columns of one'
complete -c passa -n "__passa_in sale import" -F
complete -c passa -n "__passa_in sale import" -l profile -r -F -d 'How to read them: see passa sale profiles; or a file ending in .yaml'
complete -c passa -n "__passa_in sale import" -l event -r -F -d 'The event that was sold'
complete -c passa -n "__passa_in sale import" -l rejects -r -F -d 'Write refused rows there, with reasons, ready to mend; by a dry run too'
complete -c passa -n "__passa_in sale import" -l accept-corrections -d 'Book other money for a known line as a correction, another tier as a cancellation and a new line, and a refund that is gone as taken back'
complete -c passa -n "__passa_in sale import" -l dry-run -s n -d 'Show what would be done; change nothing'
complete -c passa -n "__passa_in sale list" -l event -r -F -d 'The event'
complete -c passa -n "__passa_in sale list" -l status -x -a 'paid partially_refunded refunded cancelled chargeback' -d 'Only sales that stand so'
complete -c passa -n "__passa_in sale list" -l limit -r -F -d 'At most so many, from 1 to 1000000; default: 100'
complete -c passa -n "__passa_in sale show" -F
complete -c passa -n "__passa_at sale profile" -a check -d 'Show which profile reads a file, and its first rows as passa sees them'
complete -c passa -n "__passa_at sale profile" -a new -d 'Draft an import profile from the header of a file'
complete -c passa -n "__passa_in sale profile check" -F
complete -c passa -n "__passa_in sale profile check" -l profile -r -F -d 'Only this profile; or a file ending in .yaml'
complete -c passa -n "__passa_in sale profile check" -l event -r -F -d 'The event that was sold: its tiers and currency'
complete -c passa -n "__passa_in sale profile new" -F
complete -c passa -n "__passa_in sale profile new" -l name -r -F -d 'What to call the profile; mine'
complete -c passa -n "__passa_in sale profiles" -l show -r -F -d 'The files and columns of one profile'
complete -c passa -n "__passa_in sale profiles" -l yaml -r -F -d 'The profile itself, to copy and change'
complete -c passa -n "__passa_in settle" -l event -r -F -d 'The event'
complete -c passa -n "__passa_in settle" -l through -r -F -d 'The cut, such as 2027-03-07T00:00:00+03:00; default: now'
complete -c passa -n "__passa_in settle" -l dry-run -s n -d 'Show what would be done; change nothing'
complete -c passa -n "__passa_at settlement" -a list -d 'List settlements, newest first'
complete -c passa -n "__passa_at settlement" -a show -d 'Show one settlement and what it posted'
complete -c passa -n "__passa_in settlement list" -l event -r -F -d 'Only of this event'
complete -c passa -n "__passa_in settlement show" -F
complete -c passa -n "__passa_at explain" -a payout -d 'Show what led to a payout and what proves its outcome, and replay it'
complete -c passa -n "__passa_at explain" -a sale -d 'Show every fact of a sale, its evidence, and what became of it'
complete -c passa -n "__passa_at explain" -a settlement -d 'Show how every figure of a settlement came about, and replay it'
complete -c passa -n "__passa_in explain payout" -F
complete -c passa -n "__passa_in explain sale" -F
complete -c passa -n "__passa_in explain settlement" -F
complete -c passa -n "__passa_at payout" -a create -d 'Make a batch of payouts out of what is owed, or out of a file'
complete -c passa -n "__passa_at payout" -a approve -d 'Approve a batch as it is now'
complete -c passa -n "__passa_at payout" -a send -d 'Pay an approved batch'
complete -c passa -n "__passa_at payout" -a resume -d 'Go on with a batch whose sending was interrupted or is unknown'
complete -c passa -n "__passa_at payout" -a list -d 'List payout batches, newest first'
complete -c passa -n "__passa_at payout" -a show -d 'Show a batch, or one payout with its attempts and evidence'
complete -c passa -n "__passa_at payout" -a cancel -d 'Cancel the payouts of a batch that never left'
complete -c passa -n "__passa_in payout create" -l settlement -r -F -d 'What is owed through this settlement of its event'
complete -c passa -n "__passa_in payout create" -l event -r -F -d 'What is owed for this event'
complete -c passa -n "__passa_in payout create" -l file -r -F -d 'Payments named in a CSV file'
complete -c passa -n "__passa_in payout create" -l payee -r -F -d 'Only this party of those who are owed, and the rest in another batch; may be repeated'
complete -c passa -n "__passa_in payout create" -l again -d 'Leave out the lines of the file that are paid or on their way'
complete -c passa -n "__passa_in payout create" -l treasury -r -F -d 'The treasury to pay from; default: the only one'
complete -c passa -n "__passa_in payout create" -l dry-run -s n -d 'Show what would be done; change nothing'
complete -c passa -n "__passa_in payout approve" -F
complete -c passa -n "__passa_in payout approve" -l sha256 -r -F -d 'The hash of what you looked at, at least 8 digits: anything else is refused'
complete -c passa -n "__passa_in payout approve" -l dry-run -s n -d 'Show what would be done; change nothing'
complete -c passa -n "__passa_in payout send" -F
complete -c passa -n "__passa_in payout send" -l wait -r -F -d 'How long to ask for the outcome of one transaction; default: 10m'
complete -c passa -n "__passa_in payout send" -l passphrase-fd -r -F -d 'Read the key\'s passphrase from this file descriptor'
complete -c passa -n "__passa_in payout send" -l passphrase-file -r -F -d 'Read the key\'s passphrase from the first line of this file'
complete -c passa -n "__passa_in payout send" -l dry-run -s n -d 'Show what would be done; change nothing'
complete -c passa -n "__passa_in payout send" -l network -r -F -d 'The network that the money moves on'
complete -c passa -n "__passa_in payout send" -l yes -r -F -d 'Do not ask; names the network on which money may move'
complete -c passa -n "__passa_in payout resume" -F
complete -c passa -n "__passa_in payout resume" -l wait -r -F -d 'How long to ask for the outcome of one transaction; default: 10m'
complete -c passa -n "__passa_in payout resume" -l passphrase-fd -r -F -d 'Read the key\'s passphrase from this file descriptor'
complete -c passa -n "__passa_in payout resume" -l passphrase-file -r -F -d 'Read the key\'s passphrase from the first line of this file'
complete -c passa -n "__passa_in payout resume" -l dry-run -s n -d 'Show what would be done; change nothing'
complete -c passa -n "__passa_in payout resume" -l network -r -F -d 'The network that the money moves on'
complete -c passa -n "__passa_in payout resume" -l yes -r -F -d 'Do not ask; names the network on which money may move'
complete -c passa -n "__passa_in payout list" -l event -r -F -d 'Only of this event'
complete -c passa -n "__passa_in payout list" -l limit -r -F -d 'At most so many, from 1 to 1000000; default: 100'
complete -c passa -n "__passa_in payout show" -F
complete -c passa -n "__passa_in payout cancel" -F
complete -c passa -n "__passa_in payout cancel" -l reason -r -F -d 'Why; it is kept with every payout'
complete -c passa -n "__passa_at report" -a event -d 'Write the report of an event: one HTML file that prints well'
complete -c passa -n "__passa_at report" -a statement -d 'Write a statement for each party of an event: HTML and CSV'
complete -c passa -n "__passa_in report event" -F
complete -c passa -n "__passa_in report event" -l out -r -F -d 'The HTML file to write'
complete -c passa -n "__passa_in report event" -l force -d 'Replace FILE even if it is no report'
complete -c passa -n "__passa_in report statement" -F
complete -c passa -n "__passa_in report statement" -l party -r -F -d 'Only this party or creator'
complete -c passa -n "__passa_in report statement" -l out -r -F -d 'The folder to write to; made if missing'
complete -c passa -n "__passa_in report statement" -l force -d 'Replace files even if they are no statements'
complete -c passa -n "__passa_at recon" -a run -d 'Reconcile chain against book, both ways'
complete -c passa -n "__passa_at recon" -a list -d 'List open breaks, oldest first'
complete -c passa -n "__passa_at recon" -a show -d 'Show a reconciliation run with its proof, or a break with its history'
complete -c passa -n "__passa_at recon" -a close -d 'Close a break with a code and a reason'
complete -c passa -n "__passa_in recon run" -l event -r -F -d 'Only the treasuries that pay this event'
complete -c passa -n "__passa_in recon run" -l treasury -r -F -d 'Only this treasury'
complete -c passa -n "__passa_in recon run" -l dry-run -s n -d 'Show what would be done; change nothing'
complete -c passa -n "__passa_in recon list" -l open -d 'Open breaks alone: the default'
complete -c passa -n "__passa_in recon list" -l all -d 'Closed ones too, with how they were closed'
complete -c passa -n "__passa_in recon list" -l runs -d 'The runs instead, newest first'
complete -c passa -n "__passa_in recon list" -l limit -r -F -d 'At most so many, from 1 to 1000000; default: 500'
complete -c passa -n "__passa_in recon show" -F
complete -c passa -n "__passa_in recon close" -F
complete -c passa -n "__passa_in recon close" -l code -x -a 'funding paid returned written_off reissued refunded provider_corrected' -d 'How it was resolved'
complete -c passa -n "__passa_in recon close" -l reason -r -F -d 'Why, for whoever audits it'
complete -c passa -n "__passa_in recon close" -l payout -r -F -d 'The payout that came back, for --code returned'
complete -c passa -n "__passa_in recon close" -l dry-run -s n -d 'Show what would be done; change nothing'
complete -c passa -n "__passa_at job" -a list -d 'List the jobs there are'
complete -c passa -n "__passa_at job" -a run -d 'Do what is due, under a run that is recorded'
complete -c passa -n "__passa_at job" -a resume -d 'Go on with a run that was interrupted, or with a job that was paused'
complete -c passa -n "__passa_at job" -a work -d 'Run every declared job when it is due, until stopped'
complete -c passa -n "__passa_at job" -a install -d 'Write timers of systemd, or a crontab, for every declared job'
complete -c passa -n "__passa_at job" -a diff -d 'Show where installed timers or the crontab differ from what is declared'
complete -c passa -n "__passa_at job" -a cancel -d 'Say that a run or a missed period is not to be done'
complete -c passa -n "__passa_at job" -a pause -d 'Stop a job for a while, all of it or of one event or treasury'
complete -c passa -n "__passa_at job" -a dead -d 'commands about: dead'
complete -c passa -n "__passa_at job" -a status -d 'List the newest runs of jobs, and how they ended'
complete -c passa -n "__passa_at job" -a show -d 'Show one run of a job with its items'
complete -c passa -n "__passa_in job list" -l declared -d 'Those of your manifests, and how many of their periods are due'
complete -c passa -n "__passa_in job list" -l paused -d 'What passa job pause has stopped, by whom and why'
complete -c passa -n "__passa_in job run" -F
complete -c passa -n "__passa_in job run" -l event -r -F -d 'Only this event'
complete -c passa -n "__passa_in job run" -l treasury -r -F -d 'Only this treasury'
complete -c passa -n "__passa_in job run" -l from -r -F -d 'Beginning of the period'
complete -c passa -n "__passa_in job run" -l until -r -F -d 'End of the period, exclusive; of a declared job: no period that ends later'
complete -c passa -n "__passa_in job run" -l max-catchup -r -F -d 'Of a declared job: at most so many missed periods; default: as declared'
complete -c passa -n "__passa_in job run" -l jitter -r -F -d 'Wait first, for anything up to this, such as 5m'
complete -c passa -n "__passa_in job run" -l timeout -r -F -d 'Stop after the item at hand when so long has passed, such as 30m; default: as declared'
complete -c passa -n "__passa_in job run" -l dry-run -s n -d 'Show what would be done; change nothing'
complete -c passa -n "__passa_in job resume" -F
complete -c passa -n "__passa_in job resume" -l event -r -F -d 'The pause is only of this event'
complete -c passa -n "__passa_in job resume" -l treasury -r -F -d 'The pause is only of this treasury'
complete -c passa -n "__passa_in job resume" -l reason -r -F -d 'Why the pause ends'
complete -c passa -n "__passa_in job work" -l jitter -r -F -d 'Before each job, wait for anything up to this'
complete -c passa -n "__passa_in job install" -a 'systemd cron'
complete -c passa -n "__passa_in job install" -l print -d 'Print the files instead'
complete -c passa -n "__passa_in job install" -l user -d 'For your own user, not for the machine'
complete -c passa -n "__passa_in job install" -l to -r -F -d 'Another folder than the scheduler\'s own'
complete -c passa -n "__passa_in job install" -l passa -r -F -d 'The path of passa in them; default: this one\'s'
complete -c passa -n "__passa_in job diff" -a 'systemd cron'
complete -c passa -n "__passa_in job diff" -l user -d 'Of your own user, not of the machine'
complete -c passa -n "__passa_in job diff" -l to -r -F -d 'Another folder than the scheduler\'s own'
complete -c passa -n "__passa_in job diff" -l passa -r -F -d 'The path of passa in them; default: this one\'s'
complete -c passa -n "__passa_in job cancel" -F
complete -c passa -n "__passa_in job cancel" -l period -r -F -d 'The end of the period that is not needed'
complete -c passa -n "__passa_in job cancel" -l reason -r -F -d 'Why'
complete -c passa -n "__passa_in job pause" -F
complete -c passa -n "__passa_in job pause" -l event -r -F -d 'Only of this event'
complete -c passa -n "__passa_in job pause" -l treasury -r -F -d 'Only of this treasury'
complete -c passa -n "__passa_in job pause" -l reason -r -F -d 'Why'
complete -c passa -n "__passa_at job dead" -a list -d 'List the items that were given up and wait for a decision'
complete -c passa -n "__passa_at job dead" -a retry -d 'Try an item again that was given up'
complete -c passa -n "__passa_at job dead" -a discard -d 'Say that an item that was given up stays so'
complete -c passa -n "__passa_in job dead list" -l job -r -F -d 'Only of this job'
complete -c passa -n "__passa_in job dead list" -l limit -r -F -d 'At most so many, from 1 to 1000000; default: 200'
complete -c passa -n "__passa_in job dead retry" -F
complete -c passa -n "__passa_in job dead retry" -F
complete -c passa -n "__passa_in job dead retry" -l reason -r -F -d 'Why'
complete -c passa -n "__passa_in job dead discard" -F
complete -c passa -n "__passa_in job dead discard" -F
complete -c passa -n "__passa_in job dead discard" -l reason -r -F -d 'Why'
complete -c passa -n "__passa_in job status" -l job -r -F -d 'Only this job'
complete -c passa -n "__passa_in job status" -l limit -r -F -d 'At most so many, from 1 to 1000000; default: 50'
complete -c passa -n "__passa_in job show" -F
complete -c passa -n "__passa_at notice" -a list -d 'List the newest notices: sent, waiting, given up'
complete -c passa -n "__passa_at notice" -a deliver -d 'Send the notices that are due'
complete -c passa -n "__passa_at notice" -a test -d 'Send a test notice over a channel, now'
complete -c passa -n "__passa_in notice list" -l state -x -a 'waiting sent dead' -d 'Only those that are waiting, sent or dead'
complete -c passa -n "__passa_in notice list" -l limit -r -F -d 'At most so many, from 1 to 1000000; default: 50'
complete -c passa -n "__passa_in notice test" -F
complete -c passa -n "__passa_at metrics" -a write -d 'Write figures for Prometheus into a file'
complete -c passa -n "__passa_at metrics" -a serve -d 'Answer Prometheus over HTTP on this machine'
complete -c passa -n "__passa_in metrics write" -l file -r -F -d 'Where to; its name ends in .prom'
complete -c passa -n "__passa_in metrics serve" -l listen -r -F -d '127.0.0.1:PORT, 0 for any; default: 127.0.0.1:9464'
complete -c passa -n "__passa_at ledger" -a balance -d 'Show the balance of every account (debits positive)'
complete -c passa -n "__passa_at ledger" -a journal -d 'Show the newest journal entries with their postings'
complete -c passa -n "__passa_at ledger" -a check -d 'Prove that the books add up'
complete -c passa -n "__passa_at ledger" -a export -d 'Write the journal for hledger, beancount, a spreadsheet or a script'
complete -c passa -n "__passa_in ledger balance" -l event -r -F -d 'Only accounts of this event'
complete -c passa -n "__passa_in ledger journal" -l event -r -F -d 'Only entries of this event'
complete -c passa -n "__passa_in ledger journal" -l limit -r -F -d 'At most so many, from 1 to 1000000; default: 200'
complete -c passa -n "__passa_in ledger export" -l event -r -F -d 'Only entries of this event'
complete -c passa -n "__passa_in ledger export" -l format -s o -x -a 'hledger beancount csv jsonl' -d 'hledger, beancount, csv or jsonl; default: hledger'
complete -c passa -n "__passa_at network" -a list -d 'List the networks that can be named'
complete -c passa -n "__passa_at network" -a health -d 'Check every RPC server of a network'
complete -c passa -n "__passa_in network health" -F
complete -c passa -n "__passa_at account" -a create -d 'Create an account and fund it'
complete -c passa -n "__passa_at account" -a show -d 'Show an account as the network holds it'
complete -c passa -n "__passa_at account" -a trust -d 'Let an account hold an asset (a trustline)'
complete -c passa -n "__passa_in account create" -F
complete -c passa -n "__passa_in account create" -l friendbot -d 'Ask the test network\'s friendbot'
complete -c passa -n "__passa_in account create" -l from -r -F -d 'Fund it from this key\'s account'
complete -c passa -n "__passa_in account create" -l amount -r -F -d 'With --from, how much; default: 5 XLM'
complete -c passa -n "__passa_in account create" -l passphrase-fd -r -F -d 'Read the passphrase from this file descriptor'
complete -c passa -n "__passa_in account create" -l passphrase-file -r -F -d 'Read the passphrase from the first line of this file'
complete -c passa -n "__passa_in account create" -l dry-run -s n -d 'Show what would be done; change nothing'
complete -c passa -n "__passa_in account create" -l network -r -F -d 'The network that the money moves on'
complete -c passa -n "__passa_in account create" -l yes -r -F -d 'Do not ask; names the network on which money may move'
complete -c passa -n "__passa_in account show" -F
complete -c passa -n "__passa_in account show" -l network -r -F -d 'The network (also: PASSA_NETWORK)'
complete -c passa -n "__passa_in account show" -l asset -r -F -d 'Look at this trustline too; may be repeated'
complete -c passa -n "__passa_in account show" -l treasury -r -F -d 'Instead of an account: what this treasury may spend'
complete -c passa -n "__passa_in account trust" -l asset -r -F -d 'The asset'
complete -c passa -n "__passa_in account trust" -l key -r -F -d 'The key of the account'
complete -c passa -n "__passa_in account trust" -l limit -r -F -d 'The most it may hold; default: no limit'
complete -c passa -n "__passa_in account trust" -l passphrase-fd -r -F -d 'Read the passphrase from this file descriptor'
complete -c passa -n "__passa_in account trust" -l passphrase-file -r -F -d 'Read the passphrase from the first line of this file'
complete -c passa -n "__passa_in account trust" -l dry-run -s n -d 'Show what would be done; change nothing'
complete -c passa -n "__passa_in account trust" -l network -r -F -d 'The network that the money moves on'
complete -c passa -n "__passa_in account trust" -l yes -r -F -d 'Do not ask; names the network on which money may move'
complete -c passa -n "__passa_at key" -a new -d 'Make a key and keep it, sealed under a passphrase'
complete -c passa -n "__passa_at key" -a import -d 'Keep an existing seed, sealed under a passphrase'
complete -c passa -n "__passa_at key" -a list -d 'List the keys of the keystore'
complete -c passa -n "__passa_at key" -a show -d 'Show a key\'s account; with --verify that the passphrase opens it'
complete -c passa -n "__passa_at key" -a export-public -d 'Print the account of a key, to give to others'
complete -c passa -n "__passa_in key new" -F
complete -c passa -n "__passa_in key new" -l passphrase-fd -r -F -d 'Read the passphrase from this file descriptor'
complete -c passa -n "__passa_in key new" -l passphrase-file -r -F -d 'Read the passphrase from the first line of this file'
complete -c passa -n "__passa_in key import" -F
complete -c passa -n "__passa_in key import" -l seed-fd -r -F -d 'Read the seed (S...) from this file descriptor; a terminal is asked'
complete -c passa -n "__passa_in key import" -l passphrase-fd -r -F -d 'Read the passphrase from this file descriptor'
complete -c passa -n "__passa_in key import" -l passphrase-file -r -F -d 'Read the passphrase from the first line of this file'
complete -c passa -n "__passa_in key show" -F
complete -c passa -n "__passa_in key show" -l verify -d 'Open it and derive the account again'
complete -c passa -n "__passa_in key show" -l passphrase-fd -r -F -d 'Read the passphrase from this file descriptor'
complete -c passa -n "__passa_in key show" -l passphrase-file -r -F -d 'Read the passphrase from the first line of this file'
complete -c passa -n "__passa_in key export-public" -F
complete -c passa -n "__passa_at tx" -a show -d 'Show what became of a transaction'
complete -c passa -n "__passa_at tx" -a wait -d 'Wait until a transaction is in a ledger'
complete -c passa -n "__passa_at tx" -a decode -d 'Show any Stellar XDR as JSON, with hash and outcome'
complete -c passa -n "__passa_in tx show" -F
complete -c passa -n "__passa_in tx show" -l network -r -F -d 'The network (also: PASSA_NETWORK)'
complete -c passa -n "__passa_in tx wait" -F
complete -c passa -n "__passa_in tx wait" -l network -r -F -d 'The network (also: PASSA_NETWORK)'
complete -c passa -n "__passa_in tx wait" -l timeout -r -F -d 'How long at most, up to 1h; default: 60s'
complete -c passa -n "__passa_in tx decode" -F
complete -c passa -n "__passa_in tx decode" -l type -r -F -d 'The XDR type, such as TransactionMeta'
complete -c passa -n "__passa_in tx decode" -l network -x -a 'public testnet futurenet standalone' -d 'Whose hash to compute'
complete -c passa -n "__passa_at localnet" -a up -d 'Start a local Stellar network in the background'
complete -c passa -n "__passa_at localnet" -a down -d 'Stop the local Stellar network'
complete -c passa -n "__passa_at localnet" -a status -d 'Show whether the local Stellar network runs, and where'
complete -c passa -n "__passa_at localnet" -a accounts -d 'Make ready-made accounts on the local network, and list them'
complete -c passa -n "__passa_at localnet" -a key -d 'Keep the key of a ready-made account of the local network'
complete -c passa -n "__passa_at localnet" -a reset -d 'Stop the local Stellar network and forget its accounts and ledgers'
complete -c passa -n "__passa_in localnet up" -l port -r -F -d 'Port to listen on, 0 for any free one (8000)'
complete -c passa -n "__passa_in localnet up" -l close-every -r -F -d 'Time between two ledgers, from 1s to 1h (1s)'
complete -c passa -n "__passa_in localnet up" -l foreground -d 'Run in this terminal until Ctrl-C'
complete -c passa -n "__passa_in localnet accounts" -l count -r -F -d 'How many (10)'
complete -c passa -n "__passa_in localnet key" -F
complete -c passa -n "__passa_in localnet key" -l name -r -F -d 'The key\'s name in the keystore'
complete -c passa -n "__passa_in localnet key" -l passphrase-fd -r -F -d 'Read the passphrase from this file descriptor'
complete -c passa -n "__passa_in localnet key" -l passphrase-file -r -F -d 'Read the passphrase from the first line of this file'
complete -c passa -n "__passa_in localnet reset" -l yes -d 'Really do it'
complete -c passa -n "__passa_at db" -a status -d 'Show where the database is and whether it is up to date'
complete -c passa -n "__passa_at db" -a migrate -d 'Bring the database up to this binary\'s schema'
complete -c passa -n "__passa_at db" -a stop -d 'Stop the private database'
complete -c passa -n "__passa_at db" -a psql -d 'Open psql on passa\'s database'
complete -c passa -n "__passa_at db" -a backup -d 'Write the whole database to one sealed file'
complete -c passa -n "__passa_at db" -a verify -d 'Restore a backup into a scratch database and prove its books'
complete -c passa -n "__passa_at db" -a restore -d 'Make a backup the database, if that is empty'
complete -c passa -n "__passa_in db migrate" -l dry-run -s n -d 'Show what would be done; change nothing'
complete -c passa -n "__passa_in db psql" -F
complete -c passa -n "__passa_in db backup" -l key -r -F -d 'Seal it to this key'
complete -c passa -n "__passa_in db backup" -l out -r -F -d 'The file to write; in a folder, a name made of the time'
complete -c passa -n "__passa_in db verify" -F
complete -c passa -n "__passa_in db verify" -l scratch -r -F -d 'Where the scratch database may stand; default: the temporary folder'
complete -c passa -n "__passa_in db verify" -l passphrase-fd -r -F -d 'Read the passphrase from this file descriptor'
complete -c passa -n "__passa_in db verify" -l passphrase-file -r -F -d 'Read the passphrase from the first line of this file'
complete -c passa -n "__passa_in db restore" -F
complete -c passa -n "__passa_in db restore" -l passphrase-fd -r -F -d 'Read the passphrase from this file descriptor'
complete -c passa -n "__passa_in db restore" -l passphrase-file -r -F -d 'Read the passphrase from the first line of this file'
complete -c passa -n "__passa_at config" -a explain -d 'Show every setting, who gave it and what that beat'
complete -c passa -n "__passa_in config explain" -F
complete -c passa -n "__passa_in doctor" -l offline -d 'Leave the networks out'
complete -c passa -n "__passa_in completion" -a 'bash zsh fish'
complete -c passa -n "__passa_in man" -F
complete -c passa -n "__passa_in man" -l out -r -F -d 'Write every page into this folder'
