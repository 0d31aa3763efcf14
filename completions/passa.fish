# fish completion for passa, generated from its commands
complete -c passa -f
complete -c passa -n __fish_use_subcommand -a init
complete -c passa -n __fish_use_subcommand -a apply
complete -c passa -n __fish_use_subcommand -a diff
complete -c passa -n __fish_use_subcommand -a get
complete -c passa -n __fish_use_subcommand -a manifest
complete -c passa -n '__fish_seen_subcommand_from manifest' -a check -d "Check manifests without a database"
complete -c passa -n __fish_use_subcommand -a manifest
complete -c passa -n '__fish_seen_subcommand_from manifest' -a explain -d "Explain the kinds of manifest and their fields"
complete -c passa -n __fish_use_subcommand -a manifest
complete -c passa -n '__fish_seen_subcommand_from manifest' -a schema -d "Print the JSON Schema of a kind, for editors"
complete -c passa -n __fish_use_subcommand -a event
complete -c passa -n '__fish_seen_subcommand_from event' -a list -d "List events with tickets sold and capacity"
complete -c passa -n __fish_use_subcommand -a sale
complete -c passa -n '__fish_seen_subcommand_from sale' -a import -d "Import ticket sales from a gateway's export"
complete -c passa -n __fish_use_subcommand -a sale
complete -c passa -n '__fish_seen_subcommand_from sale' -a list -d "List the sales of an event, newest first"
complete -c passa -n __fish_use_subcommand -a sale
complete -c passa -n '__fish_seen_subcommand_from sale' -a show -d "Show a sale or an order with all its lines and their evidence"
complete -c passa -n __fish_use_subcommand -a sale
complete -c passa -n '__fish_seen_subcommand_from sale' -a profiles -d "List the import profiles, or show the columns of one"
complete -c passa -n __fish_use_subcommand -a settle
complete -c passa -n __fish_use_subcommand -a settlement
complete -c passa -n '__fish_seen_subcommand_from settlement' -a list -d "List settlements, newest first"
complete -c passa -n __fish_use_subcommand -a settlement
complete -c passa -n '__fish_seen_subcommand_from settlement' -a show -d "Show one settlement and what it posted"
complete -c passa -n __fish_use_subcommand -a explain
complete -c passa -n '__fish_seen_subcommand_from explain' -a settlement -d "Show how every figure of a settlement came about, and replay it"
complete -c passa -n __fish_use_subcommand -a ledger
complete -c passa -n '__fish_seen_subcommand_from ledger' -a balance -d "Show the balance of every account (debits positive)"
complete -c passa -n __fish_use_subcommand -a ledger
complete -c passa -n '__fish_seen_subcommand_from ledger' -a journal -d "Show journal entries with their postings"
complete -c passa -n __fish_use_subcommand -a ledger
complete -c passa -n '__fish_seen_subcommand_from ledger' -a check -d "Prove that the books add up"
complete -c passa -n __fish_use_subcommand -a key
complete -c passa -n '__fish_seen_subcommand_from key' -a new -d "Make a key and keep it, sealed under a passphrase"
complete -c passa -n __fish_use_subcommand -a key
complete -c passa -n '__fish_seen_subcommand_from key' -a import -d "Keep an existing seed, sealed under a passphrase"
complete -c passa -n __fish_use_subcommand -a key
complete -c passa -n '__fish_seen_subcommand_from key' -a list -d "List the keys of the keystore"
complete -c passa -n __fish_use_subcommand -a key
complete -c passa -n '__fish_seen_subcommand_from key' -a show -d "Show a key's account; with --verify that the passphrase opens it"
complete -c passa -n __fish_use_subcommand -a tx
complete -c passa -n '__fish_seen_subcommand_from tx' -a decode -d "Show any Stellar XDR as JSON, with hash and outcome"
complete -c passa -n __fish_use_subcommand -a db
complete -c passa -n '__fish_seen_subcommand_from db' -a status -d "Show where the database is and whether it is up to date"
complete -c passa -n __fish_use_subcommand -a db
complete -c passa -n '__fish_seen_subcommand_from db' -a migrate -d "Bring the database up to this binary's schema"
complete -c passa -n __fish_use_subcommand -a db
complete -c passa -n '__fish_seen_subcommand_from db' -a stop -d "Stop the private database"
complete -c passa -n __fish_use_subcommand -a db
complete -c passa -n '__fish_seen_subcommand_from db' -a psql -d "Open psql on passa's database"
complete -c passa -n __fish_use_subcommand -a doctor
complete -c passa -n __fish_use_subcommand -a completion
