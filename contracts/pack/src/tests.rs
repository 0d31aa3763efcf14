use super::*;
use soroban_spec::shaking;
use stellar_xdr::{
    Limits, ScSpecEntry, ScSpecFunctionV0, ScSpecTypeDef, ScSpecTypeUdt, ScSpecUdtStructV0,
    WriteXdr,
};

fn function(name: &str, output: Option<&str>) -> ScSpecEntry {
    let output = output.map(|name| {
        ScSpecTypeDef::Udt(ScSpecTypeUdt {
            name: name.try_into().unwrap(),
        })
    });
    ScSpecEntry::FunctionV0(ScSpecFunctionV0 {
        doc: Default::default(),
        name: name.try_into().unwrap(),
        inputs: Default::default(),
        outputs: output.into_iter().collect::<Vec<_>>().try_into().unwrap(),
    })
}

fn structure(name: &str) -> ScSpecEntry {
    ScSpecEntry::UdtStructV0(ScSpecUdtStructV0 {
        doc: Default::default(),
        lib: Default::default(),
        name: name.try_into().unwrap(),
        fields: Default::default(),
    })
}

/// A file without code that marks these types as used, and says this of itself.
fn built(spec: &[ScSpecEntry], used: &[ScSpecEntry]) -> Vec<u8> {
    let mut wasm = b"\0asm\x01\0\0\0".to_vec();
    wasm::push_custom(&mut wasm, "contractmetav0", b"kept");
    wasm::push_custom(&mut wasm, "producers", b"left out");
    let bytes: Vec<u8> = spec
        .iter()
        .flat_map(|entry| entry.to_xdr(Limits::none()).unwrap())
        .collect();
    wasm::push_custom(&mut wasm, "contractspecv0", &bytes);
    let marks: Vec<u8> = used
        .iter()
        .flat_map(shaking::generate_marker_for_entry)
        .collect();
    wasm.extend_from_slice(&[5, 3, 1, 0, 1]); // one memory of one page
    let mut data = vec![1, 0, 0x41, 0, 0x0b, marks.len() as u8]; // one segment, at 0
    data.extend_from_slice(&marks);
    wasm.extend_from_slice(&[11, data.len() as u8]);
    wasm.extend_from_slice(&data);
    wasm
}

#[test]
fn what_is_used_is_told_once_and_in_order() {
    let (b, a, used) = (
        function("b", Some("Used")),
        function("a", None),
        structure("Used"),
    );
    let spec = [
        used.clone(),
        b.clone(),
        structure("Unused"),
        a.clone(),
        used.clone(),
    ];
    let wasm = packed(&built(&spec, std::slice::from_ref(&used))).unwrap();
    assert_eq!(soroban_spec::read::from_wasm(&wasm).unwrap(), [a, b, used]);
    assert_eq!(packed(&wasm).unwrap(), wasm, "nothing is left to do");
}

#[test]
fn the_network_reads_the_meta_and_nobody_the_compilers_own_sections() {
    let spec = [function("a", None)];
    let wasm = packed(&built(&spec, &[])).unwrap();
    let has = |text: &[u8]| wasm.windows(text.len()).any(|window| window == text);
    assert!(has(b"kept"));
    assert!(!has(b"left out"));
}

#[test]
fn a_type_that_a_function_names_must_be_told() {
    let wasm = built(&[function("a", Some("Lost"))], &[]);
    assert_eq!(
        packed(&wasm).unwrap_err(),
        "type Lost is named and not told"
    );
}

#[test]
fn what_the_network_would_refuse_is_refused() {
    let many: Vec<_> = (0..7_000)
        .map(|n| function(&format!("f{n:05}"), None))
        .collect();
    let error = packed(&built(&many, &[])).unwrap_err();
    assert!(error.ends_with("the network takes 131072"), "{error}");
    assert!(packed(b"\0asm").is_err());
    assert!(packed(b"\0asm\x01\0\0\0").is_err(), "no spec");
}
