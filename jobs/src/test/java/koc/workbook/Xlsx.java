package koc.workbook;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.zip.ZipFile;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.parsers.ParserConfigurationException;
import org.w3c.dom.Document;
import org.w3c.dom.Element;
import org.w3c.dom.NodeList;
import org.xml.sax.SAXException;

/** Reads a workbook as its files are defined (ECMA-376), without the library that wrote it. */
final class Xlsx {
    private final Path file;

    Xlsx(Path file) {
        this.file = file;
    }

    /** The names of the sheets, in order. */
    List<String> sheets() throws IOException {
        return elements(xml("xl/workbook.xml"), "sheet").stream()
                .map(sheet -> sheet.getAttribute("name"))
                .toList();
    }

    Document sheet(String name) throws IOException {
        return xml("xl/worksheets/sheet" + (sheets().indexOf(name) + 1) + ".xml");
    }

    /** The cells of a sheet by their place, as {@code type:value}, such as {@code text:=1+1} or {@code n:5}. */
    Map<String, String> cells(String name) throws IOException {
        List<String> shared = elements(xml("xl/sharedStrings.xml"), "si").stream()
                .map(Element::getTextContent)
                .toList();
        Map<String, String> cells = new TreeMap<>();
        for (Element cell : elements(sheet(name), "c")) {
            String type = cell.getAttribute("t");
            String value = cell.getTextContent();
            if (cell.getElementsByTagName("f").getLength() > 0) {
                type = "formula";
            }
            if (type.equals("s")) {
                cells.put(cell.getAttribute("r"), "text:" + shared.get(Integer.parseInt(value)));
            } else if (!type.isEmpty()) {
                cells.put(cell.getAttribute("r"), type.replace("inlineStr", "text") + ":" + value);
            }
        }
        return cells;
    }

    /** The format of a cell, such as {@code #,##0.00}. */
    String format(String sheet, String place) throws IOException {
        int style = elements(sheet(sheet), "c").stream()
                .filter(cell -> cell.getAttribute("r").equals(place))
                .mapToInt(cell -> Integer.parseInt(cell.getAttribute("s")))
                .findFirst()
                .orElseThrow();
        Document styles = xml("xl/styles.xml");
        String format = elements(
                        (Element) styles.getElementsByTagName("cellXfs").item(0), "xf")
                .get(style)
                .getAttribute("numFmtId");
        return elements(styles, "numFmt").stream()
                .filter(known -> known.getAttribute("numFmtId").equals(format))
                .map(known -> known.getAttribute("formatCode"))
                .findFirst()
                .orElseThrow();
    }

    static List<Element> elements(Document document, String tag) {
        return list(document.getElementsByTagName(tag));
    }

    private static List<Element> elements(Element parent, String tag) {
        return list(parent.getElementsByTagName(tag));
    }

    private static List<Element> list(NodeList nodes) {
        List<Element> elements = new ArrayList<>();
        for (int i = 0; i < nodes.getLength(); i++) {
            elements.add((Element) nodes.item(i));
        }
        return elements;
    }

    private Document xml(String path) throws IOException {
        try (ZipFile zip = new ZipFile(file.toFile());
                InputStream content = zip.getInputStream(zip.getEntry(path))) {
            return DocumentBuilderFactory.newInstance().newDocumentBuilder().parse(content);
        } catch (ParserConfigurationException | SAXException failure) {
            throw new IOException(path + " of " + file, failure);
        }
    }
}
