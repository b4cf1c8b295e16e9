//! The tool `email.send`, into an outbox folder and to a mail server.

use std::fs;
use std::path::Path;

use site_report::email::{Delivery, EmailError, Mailer, MailerError, Receipt, send};

use crate::support::smtp_server::SmtpServer;

const SENDER: &str = "Reports <reports@example.org>";

async fn send_to(
    mailer: &Mailer,
    to: &str,
    subject: &str,
    body: &str,
) -> Result<Receipt, EmailError> {
    send(mailer, to.into(), subject.into(), body.into()).await
}

fn file_of(receipt: &Receipt) -> &Path {
    match &receipt.delivery {
        Delivery::Outbox { file } => Path::new(file),
        delivery @ Delivery::Smtp { .. } => panic!("{delivery:?}"),
    }
}

/// The part of a message that the blank line ends.
fn header(message: &str) -> Vec<&str> {
    message
        .lines()
        .take_while(|line| !line.is_empty())
        .collect()
}

#[tokio::test]
async fn a_message_becomes_a_file_of_the_outbox() {
    let folder = tempfile::tempdir().unwrap();
    // Not there yet: the first message makes it.
    let outbox = folder.path().join("out/box");
    let mailer = Mailer::to_outbox(SENDER, &outbox).unwrap();

    let receipt = send_to(
        &mailer,
        "The team <team@example.org>",
        "Best day",
        "2026-10-22: 97\n.\nBye.",
    )
    .await
    .unwrap();

    assert_eq!(receipt.to, "team@example.org");
    let file = file_of(&receipt);
    assert_eq!(file.parent(), Some(outbox.as_path()));
    assert_eq!(file.extension().unwrap(), "eml");
    let message = fs::read_to_string(file).unwrap();
    let header = header(&message);
    for line in [
        "From: Reports <reports@example.org>",
        "To: \"The team\" <team@example.org>",
        "Subject: Best day",
        "Content-Type: text/plain; charset=utf-8",
    ] {
        assert!(header.contains(&line), "no {line:?} in\n{message}");
    }
    for field in ["Date: ", "Message-ID: <"] {
        assert!(
            header.iter().any(|line| line.starts_with(field)),
            "no {field:?} in\n{message}"
        );
    }
    assert!(
        message.ends_with("\r\n\r\n2026-10-22: 97\r\n.\r\nBye."),
        "{message:?}"
    );
}

#[tokio::test]
async fn each_message_has_a_file_of_its_own_and_their_names_are_in_order() {
    let outbox = tempfile::tempdir().unwrap();
    let mailer = Mailer::to_outbox(SENDER, outbox.path()).unwrap();
    let mut files = Vec::new();
    for number in 0..20 {
        let receipt = send_to(&mailer, "team@example.org", &format!("Number {number}"), "")
            .await
            .unwrap();
        files.push(file_of(&receipt).to_owned());
    }
    assert!(files.is_sorted(), "{files:?}");
    assert_eq!(fs::read_dir(outbox.path()).unwrap().count(), 20);
}

#[tokio::test]
async fn a_mail_server_gets_the_message() {
    let server = SmtpServer::start();
    let mailer = Mailer::to_server(SENDER, &server.url()).unwrap();

    let receipt = send_to(
        &mailer,
        "team@example.org",
        "Best day",
        "2026-10-22: 97\n.\nBye.",
    )
    .await
    .unwrap();

    assert_eq!(
        receipt.delivery,
        Delivery::Smtp {
            server: server.address().into()
        }
    );
    let received = server.received();
    assert_eq!(received.len(), 1);
    assert!(
        received[0].from.starts_with("FROM:<reports@example.org>"),
        "{}",
        received[0].from
    );
    assert_eq!(received[0].to, ["TO:<team@example.org>"]);
    assert!(
        header(&received[0].message).contains(&"Subject: Best day"),
        "{}",
        received[0].message
    );
    // The lone dot would end the message if it weren't doubled on its way.
    assert!(
        received[0]
            .message
            .ends_with("\n\n2026-10-22: 97\n.\nBye.\n"),
        "{:?}",
        received[0].message
    );
}

#[tokio::test]
async fn what_is_not_ascii_is_encoded_in_the_header_and_in_the_body() {
    let server = SmtpServer::start();
    let mailer = Mailer::to_server(SENDER, &server.url()).unwrap();
    send_to(
        &mailer,
        "team@example.org",
        "Größter Tag",
        "Größe of the day: 97 views",
    )
    .await
    .unwrap();
    let message = &server.received()[0].message;
    assert!(message.is_ascii(), "{message}");
    assert!(
        header(message).contains(&"Subject: =?utf-8?b?R3LDtsOfdGVy?= Tag"),
        "{message}"
    );
    assert!(message.contains("Gr=C3=B6=C3=9Fe"), "{message}");
}

#[tokio::test]
async fn a_server_that_refuses_is_quoted() {
    let server = SmtpServer::answering("550 no such person");
    let mailer = Mailer::to_server(SENDER, &server.url()).unwrap();
    let error = send_to(&mailer, "nobody@example.org", "Best day", "")
        .await
        .unwrap_err()
        .to_string();
    assert!(
        error.starts_with(&format!(
            "the mail server {} didn't take the message: ",
            server.address()
        )),
        "{error}"
    );
    assert!(error.contains("no such person"), "{error}");
    assert_eq!(server.received(), []);
}

#[tokio::test]
async fn a_server_that_is_not_there_is_named_without_the_password() {
    // A port that was free a moment ago.
    let port = std::net::TcpListener::bind("127.0.0.1:0")
        .unwrap()
        .local_addr()
        .unwrap()
        .port();
    let mailer = Mailer::to_server(SENDER, &format!("smtp://jo:secret@127.0.0.1:{port}")).unwrap();
    let error = send_to(&mailer, "team@example.org", "Best day", "")
        .await
        .unwrap_err()
        .to_string();
    assert!(
        error.starts_with(&format!(
            "the mail server 127.0.0.1:{port} didn't take the message: "
        )),
        "{error}"
    );
    assert!(!error.contains("secret"), "{error}");
}

#[tokio::test]
async fn an_outbox_that_cannot_be_made_is_named() {
    let folder = tempfile::tempdir().unwrap();
    let taken = folder.path().join("taken");
    fs::write(&taken, "").unwrap();
    let mailer = Mailer::to_outbox(SENDER, &taken).unwrap();
    let error = send_to(&mailer, "team@example.org", "Best day", "")
        .await
        .unwrap_err()
        .to_string();
    assert!(
        error.starts_with(&format!(
            "can't write the message into the outbox {}: ",
            taken.display()
        )),
        "{error}"
    );
}

#[tokio::test]
async fn what_is_no_address_is_refused_and_nothing_is_written() {
    let outbox = tempfile::tempdir().unwrap();
    let mailer = Mailer::to_outbox(SENDER, outbox.path()).unwrap();
    let addresses = [
        "",
        "team",
        "team@",
        "@example.org",
        "a@example.org, b@example.org",
        "team@example.org\r\nBcc: all@example.org",
        "x\r\nBcc: all@example.org <team@example.org>",
    ];
    for to in addresses {
        let error = send_to(&mailer, to, "Best day", "").await.unwrap_err();
        assert!(
            matches!(&error, EmailError::Recipient { found } if found == to),
            "{to:?}: {error}"
        );
    }
    assert_eq!(fs::read_dir(outbox.path()).unwrap().count(), 0);
}

#[tokio::test]
async fn a_subject_of_two_lines_is_refused() {
    let outbox = tempfile::tempdir().unwrap();
    let mailer = Mailer::to_outbox(SENDER, outbox.path()).unwrap();
    for subject in ["Best\nday", "Best day\r\nBcc: all@example.org", "Best\0day"] {
        let error = send_to(&mailer, "team@example.org", subject, "")
            .await
            .unwrap_err();
        assert!(matches!(error, EmailError::Subject), "{subject:?}: {error}");
    }
    assert_eq!(fs::read_dir(outbox.path()).unwrap().count(), 0);
}

#[test]
fn a_mailer_with_a_wrong_sender_or_url_is_refused_without_showing_a_password() {
    let sender = Mailer::to_outbox("reports", "outbox").err().unwrap();
    assert!(matches!(sender, MailerError::Sender { .. }), "{sender}");
    for url in [
        "",
        "127.0.0.1:25",
        "http://jo:secret@127.0.0.1",
        "smtp://jo:sec/ret@127.0.0.1",
    ] {
        let error = Mailer::to_server(SENDER, url).err().unwrap();
        assert!(matches!(error, MailerError::Url(_)), "{url}: {error}");
        assert!(!error.to_string().contains("sec"), "{url}: {error}");
    }
}
