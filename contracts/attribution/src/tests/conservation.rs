//! Whatever is done in whatever order: what is there, was paid and went back is what was put in, to the unit; and the
//! contract does what a plain model of it does.
use super::*;
use rand::rngs::StdRng;
use rand::{Rng, SeedableRng};

const STORIES: u64 = 20;
const STEPS: usize = 150;
const FUNDERS: usize = 3;

#[derive(Clone, Copy, PartialEq)]
enum Is {
    Due,
    Held,
    Void,
    Paid,
}

struct Modelled {
    plan: Planned,
    recorded: usize,
    whole_at: Option<u64>,
    is: Is,
    rows: std::vec::Vec<Is>,
}

struct Story {
    w: World,
    chance: StdRng,
    funders: std::vec::Vec<Address>,
    /// Whose, how much, under which reference.
    fundings: std::vec::Vec<(usize, i128, u8)>,
    runs: std::vec::Vec<Modelled>,
    returned: i128,
    paid: i128,
    is_closed: bool,
}

impl Story {
    fn begin(seed: u64) -> Self {
        let w = World::new();
        w.env.cost_estimate().budget().reset_unlimited();
        let funders: std::vec::Vec<Address> = (0..FUNDERS).map(|_| w.person()).collect();
        for funder in &funders {
            StellarAssetClient::new(&w.env, &w.token).mint(funder, &1_000_000_000);
        }
        Self {
            w,
            chance: StdRng::seed_from_u64(seed),
            funders,
            fundings: std::vec![],
            runs: std::vec![],
            returned: 0,
            paid: 0,
            is_closed: false,
        }
    }

    fn funded(&self) -> i128 {
        self.fundings.iter().map(|(_, amount, _)| amount).sum()
    }

    fn is_payable(&self, run: &Modelled) -> bool {
        let now = self.w.env.ledger().timestamp();
        run.is == Is::Due && run.whole_at.is_some_and(|at| now >= at + WINDOW)
    }

    /// Promised and not paid, of one run.
    fn reserved(run: &Modelled) -> i128 {
        if run.is == Is::Void {
            return 0;
        }
        let gone = run.plan.rows.iter().zip(&run.rows);
        let gone = gone.filter(|(_, is)| matches!(is, Is::Void | Is::Paid));
        run.plan.total() - gone.map(|(row, _)| row.amount).sum::<i128>()
    }

    fn all_reserved(&self) -> i128 {
        self.runs.iter().map(Self::reserved).sum()
    }

    fn fund(&mut self) {
        let (who, amount) = (
            self.chance.gen_range(0..FUNDERS),
            self.chance.gen_range(1..500),
        );
        let reference = self.chance.gen_range(0..40);
        let known = self
            .fundings
            .iter()
            .any(|one| (one.0, one.2) == (who, reference));
        let number = self.w.number(reference);
        let done = self
            .w
            .contract
            .try_fund(&self.funders[who], &amount, &number);
        assert_eq!(done.is_ok(), !known && !self.is_closed);
        if done.is_ok() {
            self.fundings.push((who, amount, reference));
        }
    }

    fn approve(&mut self) {
        let count = self.chance.gen_range(1..6);
        let amounts: std::vec::Vec<i128> =
            (0..count).map(|_| self.chance.gen_range(1..150)).collect();
        let plan = self.w.plan(self.runs.len() as u8, &amounts);
        let free = self.funded() - self.returned - self.paid - self.all_reserved();
        let (digest, rows) = (&plan.digests[0], count as u32);
        let done = self
            .w
            .contract
            .try_approve_run(&plan.id, digest, &plan.total(), &rows);
        assert_eq!(done.is_ok(), plan.total() <= free && !self.is_closed);
        if done.is_ok() {
            self.runs.push(Modelled {
                plan,
                recorded: 0,
                whole_at: None,
                is: Is::Due,
                rows: std::vec![Is::Due; count],
            });
        }
    }

    fn record(&mut self, at: usize) {
        let run = &mut self.runs[at];
        let count = run.plan.rows.len();
        let from = self.chance.gen_range(0..count);
        let to = self.chance.gen_range(from..=count);
        let (rows, rest) = self.w.batch(&run.plan, from, to);
        let done = self.w.contract.try_record(&run.plan.id, &rows, &rest);
        let is_next = from <= run.recorded;
        assert_eq!(done.is_ok(), run.is == Is::Due && (is_next || from == to));
        if done.is_ok() && to > run.recorded && from < to {
            run.recorded = to;
            if to == count {
                run.whole_at = Some(self.w.env.ledger().timestamp());
            }
        }
    }

    fn hold(&mut self, at: usize) {
        let now = self.w.env.ledger().timestamp();
        let row = self.chance.gen_range(0..self.runs[at].rows.len());
        let of_run = self.chance.gen_range(0..4) == 0;
        let run = &mut self.runs[at];
        let is_open = run.is != Is::Void && run.whole_at.is_none_or(|at| now < at + WINDOW);
        if of_run {
            let done = self.w.contract.try_hold_run(&run.plan.id, &1);
            assert_eq!(done.is_ok(), is_open && run.is == Is::Due);
            run.is = if done.is_ok() { Is::Held } else { run.is };
        } else {
            let creator = run.plan.creator(row);
            let done = self.w.contract.try_hold_row(&run.plan.id, &creator, &1);
            let may = is_open && row < run.recorded && run.rows[row] == Is::Due;
            assert_eq!(done.is_ok(), may);
            run.rows[row] = if may { Is::Held } else { run.rows[row] };
        }
    }

    fn resolve(&mut self, at: usize) {
        let (pay, row) = (
            self.chance.gen(),
            self.chance.gen_range(0..self.runs[at].rows.len()),
        );
        let run = &mut self.runs[at];
        let becomes = if pay { Is::Due } else { Is::Void };
        if self.chance.gen_range(0..3) == 0 {
            let done = self.w.contract.try_resolve_run(&run.plan.id, &pay);
            assert_eq!(done.is_ok(), run.is == Is::Held);
            run.is = if done.is_ok() { becomes } else { run.is };
        } else {
            let creator = run.plan.creator(row);
            let done = self
                .w
                .contract
                .try_resolve_row(&run.plan.id, &creator, &pay);
            let may = run.is != Is::Void && run.rows[row] == Is::Held;
            assert_eq!(done.is_ok(), may);
            run.rows[row] = if may { becomes } else { run.rows[row] };
        }
    }

    fn claim(&mut self, at: usize) {
        let row = self.chance.gen_range(0..self.runs[at].rows.len());
        let is_payable = self.is_payable(&self.runs[at]);
        let run = &mut self.runs[at];
        let creator = run.plan.creator(row);
        let done = self.w.contract.try_claim(&creator, &run.plan.id, &creator);
        let may = is_payable && run.rows[row] == Is::Due;
        assert_eq!(done.is_ok(), may);
        if may {
            run.rows[row] = Is::Paid;
            self.paid += run.plan.rows[row].amount;
        }
    }

    /// Somebody of them may not hold the token now.
    fn distribute(&mut self, at: usize) {
        let is_payable = self.is_payable(&self.runs[at]);
        let run = &mut self.runs[at];
        let refused = self.chance.gen_range(0..run.rows.len() * 2);
        let whom = run.plan.rows.get(refused).map(|row| row.creator.clone());
        if let Some(whom) = &whom {
            self.w.set_authorized(whom, false);
        }
        let all = run.plan.creators(&self.w.env);
        let done = self.w.contract.try_distribute(&run.plan.id, &all);
        assert_eq!(done.is_ok(), is_payable);
        let mut sum = 0;
        for (at, is) in run.rows.iter_mut().enumerate() {
            if is_payable && *is == Is::Due && at != refused {
                *is = Is::Paid;
                sum += run.plan.rows[at].amount;
            }
        }
        assert!(!is_payable || done == Ok(Ok(sum)));
        self.paid += sum;
        if let Some(whom) = &whom {
            self.w.set_authorized(whom, true);
        }
    }

    /// What of each funding lies behind what was spent, by the law and not by the contract's arithmetic.
    fn give_back(&mut self) {
        if self.fundings.is_empty() {
            return;
        }
        let at = self.chance.gen_range(0..self.fundings.len());
        let (who, amount, reference) = self.fundings[at];
        let number = self.w.number(reference);
        let before = self.w.contract.funding(&self.funders[who], &number);
        let before = before.unwrap().returned;
        let earlier: i128 = self.fundings[..at].iter().map(|one| one.1).sum();
        let spent_of_it = (self.paid + self.all_reserved() - earlier).clamp(0, amount);
        let due = amount - spent_of_it - before;
        let done = self.w.contract.try_give_back(&self.funders[who], &number);
        assert_eq!(done.is_ok(), self.is_closed && due > 0);
        if done.is_ok() {
            assert_eq!(done, Ok(Ok(due)));
            self.returned += due;
        }
    }

    fn pass(&mut self) {
        self.w.pass(self.chance.gen_range(0..6 * DAY));
        let done = self.w.contract.try_close();
        let is_over = self.w.env.ledger().timestamp() >= ENDS;
        assert_eq!(done.is_ok(), is_over && !self.is_closed);
        self.is_closed |= is_over;
    }

    fn step(&mut self) {
        let run = match self.runs.len() {
            0 => return self.fund_or_approve(),
            count => self.chance.gen_range(0..count),
        };
        match self.chance.gen_range(0..16) {
            0..=2 => self.fund_or_approve(),
            3..=6 => self.record(run),
            7 | 8 => self.hold(run),
            9 | 10 => self.resolve(run),
            11 => self.claim(run),
            12 => self.distribute(run),
            13 => self.give_back(),
            _ => self.pass(),
        }
    }

    fn fund_or_approve(&mut self) {
        if self.chance.gen() {
            self.fund();
        } else {
            self.approve();
        }
    }

    fn require_laws(&self) {
        let book = self.w.contract.book();
        let expected = Book {
            funded: self.funded(),
            paid: self.paid,
            reserved: self.all_reserved(),
            returned: self.returned,
        };
        assert_eq!(book, expected);
        assert_eq!(self.w.here() + book.paid + book.returned, book.funded);
        assert!(book.free() >= 0, "what is promised is there");
        let got = self.runs.iter().flat_map(|run| &run.plan.rows);
        let got: i128 = got.map(|row| self.w.balance(&row.creator)).sum();
        assert_eq!(got, book.paid);
        let left: i128 = self.funders.iter().map(|one| self.w.balance(one)).sum();
        assert_eq!(
            left,
            FUNDERS as i128 * 1_000_000_000 - book.funded + book.returned
        );
    }

    /// Whatever is held is voided and whatever is due is paid: then all that is left goes back, and nothing stays.
    fn end(&mut self) {
        if !self.is_closed {
            self.w.env.ledger().set_timestamp(ENDS);
            self.w.contract.close();
        }
        for run in &self.runs {
            let (id, c) = (&run.plan.id, &self.w.contract);
            if run.whole_at.is_none() && run.is == Is::Due {
                c.hold_run(id, &1);
            }
            if run.is == Is::Held || (run.whole_at.is_none() && run.is == Is::Due) {
                c.resolve_run(id, &false);
                continue;
            }
            for (at, is) in run.rows.iter().enumerate() {
                if run.is == Is::Due && *is == Is::Held {
                    c.resolve_row(id, &run.plan.creator(at), &false);
                }
            }
        }
        self.w.pass(WINDOW);
        for run in self
            .runs
            .iter()
            .filter(|run| run.is == Is::Due && run.whole_at.is_some())
        {
            self.w.distribute(&run.plan);
        }
        for (who, _, reference) in &self.fundings {
            let number = self.w.number(*reference);
            let _ = self.w.contract.try_give_back(&self.funders[*who], &number);
            // where nothing is left
        }
        let book = self.w.contract.book();
        assert_eq!((self.w.here(), book.reserved), (0, 0), "nothing stays");
        assert_eq!(book.paid + book.returned, book.funded);
    }
}

#[test]
fn nothing_is_made_nothing_is_lost_and_nothing_stays() {
    let (mut paid, mut returned) = (0, 0);
    for seed in 0..STORIES {
        let mut story = Story::begin(seed);
        for _ in 0..STEPS {
            story.step();
            story.require_laws();
        }
        paid += story.paid;
        returned += story.returned;
        story.end();
    }
    assert!(paid > 0 && returned > 0, "{paid} paid, {returned} returned");
}
