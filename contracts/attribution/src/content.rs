//! What creators made for the campaign: a hash of it, which leads to nobody, and where it was published. Each creator's own:
//! who sees another's hash before it is submitted can submit it as his, and take nothing away by it.
use crate::error::Error;
use crate::event::{ContentJudged, Submitted};
use crate::store::{self, Content, Key, Verdict};
use crate::{require_open, Attribution, AttributionArgs, AttributionClient};
use keeping::{find, put};
use soroban_sdk::{contractimpl, Address, BytesN, Env, Symbol};

fn judge(env: &Env, creator: Address, hash: BytesN<32>, verdict: Verdict) -> Result<(), Error> {
    require_open(env)?;
    store::roles(env).approver.require_auth();
    let key = Key::Content(creator.clone(), hash.clone());
    let mut content: Content = find(env, &key).ok_or(Error::NoContent)?;
    if content.verdict != Verdict::Waits {
        return Err(Error::Judged);
    }
    let rejected = match verdict {
        Verdict::Rejected(reason) => Some(reason),
        _ => None,
    };
    content.verdict = verdict;
    put(env, &key, &content);
    ContentJudged {
        creator,
        content: hash,
        rejected,
    }
    .publish(env);
    Ok(())
}

#[contractimpl]
impl Attribution {
    /// A creator says that he published something of this hash there.
    pub fn submit(
        env: Env,
        creator: Address,
        content: BytesN<32>,
        platform: Symbol,
    ) -> Result<(), Error> {
        require_open(&env)?;
        creator.require_auth();
        let key = Key::Content(creator.clone(), content.clone());
        if env.storage().persistent().has(&key) {
            return Err(Error::KnownContent);
        }
        let kept = Content {
            platform: platform.clone(),
            submitted_at: env.ledger().timestamp(),
            verdict: Verdict::Waits,
        };
        put(&env, &key, &kept);
        Submitted {
            creator,
            content,
            platform,
        }
        .publish(&env);
        Ok(())
    }

    /// The approver accepts it, for good.
    pub fn approve_content(env: Env, creator: Address, content: BytesN<32>) -> Result<(), Error> {
        judge(&env, creator, content, Verdict::Approved)
    }

    /// The approver refuses it, for good: what was mended has another hash.
    pub fn reject_content(
        env: Env,
        creator: Address,
        content: BytesN<32>,
        reason: u32,
    ) -> Result<(), Error> {
        judge(&env, creator, content, Verdict::Rejected(reason))
    }

    pub fn content(env: Env, creator: Address, content: BytesN<32>) -> Option<Content> {
        find(&env, &Key::Content(creator, content))
    }
}
