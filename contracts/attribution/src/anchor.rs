//! Roots of what passa keeps: whoever was given a proof of a settlement or run can hold it against what stood here before
//! there was anything to argue about.
use crate::error::Error;
use crate::event::RootAnchored;
use crate::store::{self, Anchored, Key};
use crate::{require_open, Attribution, AttributionArgs, AttributionClient};
use keeping::{find, put};
use soroban_sdk::{contractimpl, BytesN, Env, Symbol};

#[contractimpl]
impl Attribution {
    /// The recorder says the root of something, once and for good. The same root again changes nothing.
    pub fn anchor(env: Env, kind: Symbol, id: BytesN<32>, root: BytesN<32>) -> Result<(), Error> {
        require_open(&env)?;
        store::roles(&env).recorder.require_auth();
        let key = Key::Anchor(kind.clone(), id.clone());
        let before: Option<Anchored> = find(&env, &key);
        if let Some(before) = before {
            return if before.root == root {
                Ok(())
            } else {
                Err(Error::OtherRoot)
            };
        }
        let at = env.ledger().timestamp();
        let anchored = Anchored {
            root: root.clone(),
            at,
        };
        put(&env, &key, &anchored);
        RootAnchored { kind, id, root }.publish(&env);
        Ok(())
    }

    pub fn anchored(env: Env, kind: Symbol, id: BytesN<32>) -> Option<Anchored> {
        find(&env, &Key::Anchor(kind, id))
    }
}
