//! What creators made, and what the organizer says of it.
use super::*;

#[test]
fn content_is_submitted_once_and_judged_once() {
    let w = World::new();
    let (ann, ben) = (w.person(), w.person());
    let (hash, platform) = (w.number(1), Symbol::new(&w.env, "video"));
    w.contract.submit(&ann, &hash, &platform);
    let waits = w.contract.content(&ann, &hash).unwrap();
    assert_eq!(waits.verdict, Verdict::Waits);
    assert_eq!(
        (waits.submitted_at, waits.platform),
        (NOW, platform.clone())
    );
    let again = w.contract.try_submit(&ann, &hash, &platform);
    assert_eq!(refused!(again), Error::KnownContent);
    w.contract.submit(&ben, &hash, &platform); // as his own; nothing of hers changes
    w.contract.approve_content(&ann, &hash);
    w.contract.reject_content(&ben, &hash, &7);
    let verdict = |who| w.contract.content(who, &hash).unwrap().verdict;
    assert_eq!(verdict(&ann), Verdict::Approved);
    assert_eq!(verdict(&ben), Verdict::Rejected(7));
    let other = w.contract.try_reject_content(&ann, &hash, &7);
    assert_eq!(refused!(other), Error::Judged);
    let other = w.contract.try_approve_content(&ben, &hash);
    assert_eq!(refused!(other), Error::Judged);
    let absent = w.contract.try_approve_content(&ann, &w.number(2));
    assert_eq!(refused!(absent), Error::NoContent);
}
